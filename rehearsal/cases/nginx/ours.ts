import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'edge');

new GracefulWebService(chart, 'edge', {
  metadata: { name: 'edge' },
  image: 'localhost/nginx-unprivileged:1', // of nginxinc/nginx-unprivileged the signal would be known
  runtime: WebRuntime.nginx({ stopsOnSigquit: true }),
  servicePort: 80,
  readiness: { path: '/healthz' },
  longestRequest: Duration.seconds(5),
  preStopDelay: Duration.seconds(10), // the 5 s of keepalive_time, and the longest request
  coldStart: Duration.seconds(30),
  replicas: 3,
});

app.synth();
