import { App, Chart, Duration } from 'cdk8s';
import { Accelerator, EngineConnections, GracefulInferenceDeployment, InferenceEngine } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'inference', { namespace: 'inference' });

// Clients that send one request after the other on one connection never let the gauges be zero, and stay with a pod that leaves.
// Here every response closes its connection, so that the next request comes through the Service.
new GracefulInferenceDeployment(chart, 'llama', {
  image: 'vllm/vllm-openai:v0.32.0',
  engine: InferenceEngine.vllm({
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    connections: EngineConnections.CLOSE,
  }),
  accelerator: Accelerator.nvidia(1),
  longestRequest: Duration.seconds(150),
  replicas: 4,
});

app.synth();
