import { App, Chart, Duration } from 'cdk8s';
import { GracefulInferenceDeployment, ImageTool, InferenceEngine } from 'cdk8s-graceful';
import { ConfigMap, EnvValue, Volume } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'qwen');
const program = ConfigMap.fromConfigMapName(chart, 'Program', 'app');

new GracefulInferenceDeployment(chart, 'qwen', {
  metadata: { name: 'qwen' },
  image: 'localhost/servers:1',
  engine: InferenceEngine.sglang({ model: '/model', version: '0.5.23' }),
  envVariables: { PYTHONPATH: EnvValue.fromValue('/app') },
  volumeMounts: [{ path: '/app/sglang', volume: Volume.fromConfigMap(chart, 'ProgramVolume', program) }],
  imageTools: [ImageTool.SH, ImageTool.SLEEP],
  servicePort: 80,
  longestRequest: Duration.seconds(45),
  coldStart: Duration.seconds(30),
  replicas: 3,
});

app.synth();
