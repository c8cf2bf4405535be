import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'quotes');

new GracefulWebService(chart, 'quotes', {
  metadata: { name: 'quotes' },
  image: 'localhost/quotes:1',
  runtime: WebRuntime.goHttp({ drainsOnSigterm: true }),
  port: 8080,
  servicePort: 80,
  readiness: { path: '/' },
  longestRequest: Duration.seconds(5), // 3 s of events, and a client's pause of 1.5 s
  coldStart: Duration.seconds(30),
  replicas: 3,
});

app.synth();
