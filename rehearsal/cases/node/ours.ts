import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';
import { ConfigMap, Volume } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'shop');
const program = ConfigMap.fromConfigMapName(chart, 'Program', 'app');

new GracefulWebService(chart, 'shop', {
  metadata: { name: 'shop' },
  image: 'localhost/servers:1',
  runtime: WebRuntime.nodeHttp({ drainsOnSigterm: true }),
  command: ['node', '/app/server.mjs'],
  volumeMounts: [{ path: '/app', volume: Volume.fromConfigMap(chart, 'ProgramVolume', program) }],
  port: 8080,
  servicePort: 80,
  readiness: { path: '/' },
  longestRequest: Duration.seconds(5), // 3 s of events, and a client's pause of 1.5 s
  coldStart: Duration.seconds(30),
  replicas: 3,
});

app.synth();
