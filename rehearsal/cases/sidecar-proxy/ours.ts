import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';
import { ConfigMap, Volume } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'shop');
const volume = (id: string, configMap: string) =>
  Volume.fromConfigMap(chart, `${id}Volume`, ConfigMap.fromConfigMapName(chart, id, configMap));

new GracefulWebService(chart, 'shop', {
  metadata: { name: 'shop' },
  image: 'localhost/servers:1',
  runtime: WebRuntime.nodeHttp(),
  command: ['node', '/app/server.mjs'],
  volumeMounts: [{ path: '/app', volume: volume('Server', 'server') }],
  port: 8080,
  servicePort: 80,
  readiness: { path: '/' },
  longestRequest: Duration.seconds(4),
  coldStart: Duration.seconds(30),
  replicas: 3,
  sidecars: [
    {
      name: 'proxy',
      image: 'localhost/servers:1',
      inFront: true,
      port: 9000,
      command: ['haproxy', '-W', '-db', '-f', '/config/haproxy.cfg'],
      drainCommand: ['kill', '-USR1', '1'],
      drain: Duration.seconds(9), // it keeps an idle connection for 5 s, and the longest request takes 4 s
      volumeMounts: [{ path: '/config', volume: volume('Config', 'app') }],
    },
  ],
});

app.synth();
