import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'orders', { namespace: 'shop' });

new GracefulWebService(chart, 'orders', {
  image: 'registry.example.com/orders:1.8.2',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  longestRequest: Duration.seconds(30),
  replicas: 3,
  // Mistake: preStop runs inside the grace period, so nothing but the 2 s minimum is left for the requests in flight.
  preStopDelay: Duration.seconds(60),
  terminationGracePeriod: Duration.seconds(60),
});

app.synth();
