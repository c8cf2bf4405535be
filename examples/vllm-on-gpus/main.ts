import { App, Chart, Duration } from 'cdk8s';
import { Accelerator, DrainGate, GracefulInferenceDeployment, InferenceEngine } from 'cdk8s-graceful';

const app = new App();

// 15 s of preStop + 150 s for the longest generation + 5 s of margin = 170 s, and no GPU to spare: a rollout takes one
// replica away before it starts the next. On 1.36.3 the kubelet no longer runs the readiness probe of a terminating pod.
for (const kubernetesVersion of ['1.34', '1.36.3']) {
  const chart = new Chart(app, `kubernetes-${kubernetesVersion.replaceAll('.', '-')}`, { namespace: 'inference' });
  new GracefulInferenceDeployment(chart, 'llama', {
    image: 'vllm/vllm-openai:v0.32.0',
    engine: InferenceEngine.vllm({ model: 'meta-llama/Llama-3.1-8B-Instruct' }),
    accelerator: Accelerator.nvidia(1),
    longestRequest: Duration.seconds(150),
    preStopDelay: Duration.seconds(15),
    terminationGracePeriod: Duration.seconds(180),
    drainGate: DrainGate.marker(),
    readiness: { period: Duration.seconds(2), timeout: Duration.seconds(2), failureThreshold: 1 },
    liveness: { path: '/health', period: Duration.seconds(10), failureThreshold: 6 },
    coldStart: Duration.minutes(4),
    replicas: 4,
    requiredReplicas: 3,
    kubernetesVersion,
  });
}

app.synth();
