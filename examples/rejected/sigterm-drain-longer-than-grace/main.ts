import { App, Chart, Duration } from 'cdk8s';
import { Accelerator, DrainStrategy, GracefulInferenceDeployment, InferenceEngine } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'inference', { namespace: 'inference' });

new GracefulInferenceDeployment(chart, 'llama', {
  image: 'vllm/vllm-openai:v0.32.0',
  engine: InferenceEngine.vllm({ model: 'meta-llama/Llama-3.1-8B-Instruct' }),
  accelerator: Accelerator.nvidia(1),
  longestRequest: Duration.seconds(150),
  preStopDelay: Duration.seconds(15),
  terminationGracePeriod: Duration.seconds(180),
  replicas: 4,
  // Mistake: after its last stream vLLM 0.32 with --shutdown-timeout needs up to 14 s more to exit.
  drainStrategy: DrainStrategy.DRAIN_ON_SIGTERM,
});

app.synth();
