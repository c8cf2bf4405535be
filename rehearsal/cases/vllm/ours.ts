import { App, Chart, Duration, Size } from 'cdk8s';
import {
  Accelerator,
  EngineConnections,
  GracefulInferenceDeployment,
  ImageTool,
  InferenceEngine,
} from 'cdk8s-graceful';
import { Cpu, EnvValue, HostPathVolumeType, Volume } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'llm');
const nodeFolder = (path: string, id: string) => ({
  path,
  volume: Volume.fromHostPath(chart, id, id.toLowerCase(), { path, type: HostPathVolumeType.DIRECTORY }),
  readOnly: true,
});

const llm = new GracefulInferenceDeployment(chart, 'llm', {
  metadata: { name: 'llm' },
  image: 'localhost/servers:1',
  // Half of the clients keep their connections, and would go on sending to a pod that leaves.
  engine: InferenceEngine.vllm({ model: '/opt/model', version: '0.32.0', connections: EngineConnections.CLOSE }),
  args: [
    '--served-model-name=m',
    '--max-model-len=4096',
    '--dtype=bfloat16',
    '--enforce-eager',
    '--fingerprint-mode=none',
  ],
  envVariables: {
    PATH: EnvValue.fromValue('/opt/vllm/bin:/usr/local/bin:/usr/bin:/bin'),
    HOME: EnvValue.fromValue('/tmp'),
    HF_HUB_OFFLINE: EnvValue.fromValue('1'),
    VLLM_NO_USAGE_STATS: EnvValue.fromValue('1'),
    VLLM_CPU_KVCACHE_SPACE: EnvValue.fromValue('1'),
    VLLM_CPU_OMP_THREADS_BIND: EnvValue.fromValue('nobind'), // by default the replicas of one machine share one core
    OMP_NUM_THREADS: EnvValue.fromValue('1'),
  },
  volumeMounts: [nodeFolder('/opt/vllm', 'Vllm'), nodeFolder('/opt/model', 'Model')],
  imageTools: [ImageTool.SH, ImageTool.SLEEP, ImageTool.TOUCH, ImageTool.RM, ImageTool.CURL],
  resources: { cpu: { request: Cpu.millis(500) }, memory: { request: Size.gibibytes(2) } },
  accelerator: Accelerator.custom('proof.example.com/gpu', 1),
  servicePort: 80,
  longestRequest: Duration.seconds(150),
  coldStart: Duration.minutes(10),
  replicas: 2,
});

llm.acknowledge({ rule: 'host-path-volume', reason: 'vLLM and the model lie on the nodes, for want of an image' });

app.synth();
