import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';
import { PercentOrAbsolute } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'orders', { namespace: 'shop' });

new GracefulWebService(chart, 'orders', {
  image: 'registry.example.com/orders:1.8.2',
  runtime: WebRuntime.springBoot({ version: '3.5.0' }),
  longestRequest: Duration.seconds(30),
  replicas: 5,
  requiredReplicas: 4,
  // Mistake: a percentage of a budget rounds up, so a node drain may take three of the five at once.
  disruptionBudget: { maxUnavailable: PercentOrAbsolute.percent(50) },
});

app.synth();
