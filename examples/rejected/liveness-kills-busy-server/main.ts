import { App, Chart, Duration } from 'cdk8s';
import { Accelerator, GracefulInferenceDeployment, InferenceEngine } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'inference', { namespace: 'inference' });

new GracefulInferenceDeployment(chart, 'llama', {
  image: 'vllm/vllm-openai:v0.32.0',
  engine: InferenceEngine.vllm({ model: 'meta-llama/Llama-3.1-8B-Instruct' }),
  accelerator: Accelerator.nvidia(1),
  longestRequest: Duration.seconds(120),
  replicas: 4,
  // Mistake: one slow answer of a busy server restarts it, with every generation in it.
  liveness: { path: '/health', period: Duration.seconds(5), timeout: Duration.seconds(1), failureThreshold: 1 },
});

app.synth();
