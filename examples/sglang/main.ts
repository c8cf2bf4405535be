import { App, Chart, Duration } from 'cdk8s';
import { Accelerator, GracefulInferenceDeployment, InferenceEngine, NodeLifecycle } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'qwen', { namespace: 'inference' });

// SGLang drains on SIGTERM, without a bound of its own, and serves what still arrives: only the grace period ends it.
new GracefulInferenceDeployment(chart, 'qwen', {
  image: 'lmsysorg/sglang:v0.5.23-cu126',
  engine: InferenceEngine.sglang({ model: 'Qwen/Qwen3-32B' }),
  accelerator: Accelerator.nvidia(2),
  spareAccelerators: 2,
  longestRequest: Duration.minutes(5),
  coldStart: Duration.minutes(8),
  replicas: 3,
  nodeLifecycles: [NodeLifecycle.onDemand(), NodeLifecycle.clusterAutoscaler()],
});

app.synth();
