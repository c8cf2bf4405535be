import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';
import { ConfigMap, Volume } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'catalog');
const program = ConfigMap.fromConfigMapName(chart, 'Program', 'app');

new GracefulWebService(chart, 'catalog', {
  metadata: { name: 'catalog' },
  image: 'localhost/servers:1',
  runtime: WebRuntime.fastApi({ uvicornVersion: '0.54.0', readinessFlag: true }),
  command: ['python3', '-m', 'uvicorn', 'main:app', '--app-dir', '/app', '--host', '0.0.0.0', '--port', '8000'],
  volumeMounts: [{ path: '/app', volume: Volume.fromConfigMap(chart, 'ProgramVolume', program) }],
  port: 8000,
  servicePort: 80,
  readiness: { path: '/healthz', period: Duration.seconds(2), failureThreshold: 2 },
  longestRequest: Duration.seconds(4),
  coldStart: Duration.seconds(30),
  replicas: 3,
});

app.synth();
