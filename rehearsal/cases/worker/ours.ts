import { App, Chart, Duration } from 'cdk8s';
import { ConfigMap, Deployment, Handler, ImagePullPolicy, Volume } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'worker');
const program = ConfigMap.fromConfigMapName(chart, 'Program', 'app');

// Plain cdk8s-plus: the annotations say what the rules have to know.
new Deployment(chart, 'Worker', {
  metadata: {
    name: 'worker',
    annotations: {
      'cdk8s-graceful/longest-request': '20s', // the longest job takes 18 s, and a busy node its time
      'cdk8s-graceful/runtime': 'custom',
      'cdk8s-graceful/sigterm': 'drains',
      'cdk8s-graceful/image-tools': 'sh, sleep',
    },
  },
  replicas: 4,
  terminationGracePeriod: Duration.seconds(30), // preStop 5 s, 20 s, and a margin of 5 s
  containers: [
    {
      name: 'worker',
      image: 'localhost/servers:1',
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      command: ['node', '/app/worker.mjs'],
      volumeMounts: [{ path: '/app', volume: Volume.fromConfigMap(chart, 'ProgramVolume', program) }],
      securityContext: { user: 10001 },
      resources: {},
      // A pod may be sent away as soon as it has started, and PID 1 ignores a SIGTERM for which it has no handler yet: the
      // worker would go on taking jobs until SIGKILL.
      lifecycle: { preStop: Handler.fromCommand(['sleep', '5']) },
    },
  ],
});

app.synth();
