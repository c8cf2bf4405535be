import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'catalog', { namespace: 'shop' });

// 5 s of preStop + 16 s in which the application answers 503 to the readiness probe and serves the rest (5 s x 3 + 1 s)
// + 30 s + 5 s of margin = 56 s. The application of this service is in app/.
new GracefulWebService(chart, 'catalog', {
  image: 'registry.example.com/catalog:2.4.0',
  runtime: WebRuntime.fastApi({ uvicornVersion: '0.54.0', readinessFlag: true }),
  port: 8000,
  readiness: { path: '/healthz', period: Duration.seconds(5), failureThreshold: 3 },
  longestRequest: Duration.seconds(30),
  preStopDelay: Duration.seconds(5),
  terminationGracePeriod: Duration.seconds(60),
  coldStart: Duration.seconds(30),
  replicas: 3,
});

app.synth();
