import { App, Chart, Duration } from 'cdk8s';
import { DrainGate, Follows, GracefulWebService, TrafficSource, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'orders', { namespace: 'shop' });

new GracefulWebService(chart, 'orders', {
  image: 'registry.example.com/orders:1.8.2',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  longestRequest: Duration.seconds(30),
  replicas: 3,
  // Mistake: the gateway follows readiness, and nothing turns readiness false before the port is closed.
  trafficSources: [TrafficSource.custom('gateway', { propagation: Duration.seconds(5), follows: Follows.READINESS })],
  drainGate: DrainGate.none(),
});

app.synth();
