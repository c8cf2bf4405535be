import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'orders', { namespace: 'shop' });

// 10 s of preStop + 30 s for the one shutdown phase + 5 s of margin: the grace period is 45 s.
new GracefulWebService(chart, 'orders', {
  image: 'registry.example.com/orders:1.8.2',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  longestRequest: Duration.seconds(30),
  preStopDelay: Duration.seconds(10),
  coldStart: Duration.seconds(60),
  replicas: 3,
});

app.synth();
