import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'orders');

new GracefulWebService(chart, 'orders', {
  metadata: { name: 'orders' },
  image: 'localhost/orders:1',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  servicePort: 80,
  longestRequest: Duration.seconds(5),
  coldStart: Duration.seconds(90),
  replicas: 3,
});

app.synth();
