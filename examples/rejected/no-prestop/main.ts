import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'orders', { namespace: 'shop' });

new GracefulWebService(chart, 'orders', {
  image: 'registry.example.com/orders:1.8.2',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  longestRequest: Duration.seconds(30),
  replicas: 3,
  // Mistake: the port is closed while kube-proxy still sends requests to it.
  preStopDelay: Duration.seconds(0),
});

app.synth();
