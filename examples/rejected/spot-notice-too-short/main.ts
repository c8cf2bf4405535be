import { App, Chart, Duration } from 'cdk8s';
import { Accelerator, GracefulInferenceDeployment, InferenceEngine, NodeLifecycle } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'inference', { namespace: 'inference' });

new GracefulInferenceDeployment(chart, 'llama', {
  image: 'vllm/vllm-openai:v0.32.0',
  engine: InferenceEngine.vllm({ model: 'meta-llama/Llama-3.1-8B-Instruct' }),
  accelerator: Accelerator.nvidia(1),
  longestRequest: Duration.seconds(150),
  replicas: 4,
  // Mistake: the node is gone two minutes after its notice, whatever the grace period says.
  nodeLifecycles: [NodeLifecycle.awsSpot()],
});

app.synth();
