import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';
import { EnvValue } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'orders');

new GracefulWebService(chart, 'orders', {
  metadata: { name: 'orders' },
  image: 'localhost/orders:1',
  // The application says goodbye to kept-alive clients in a phase of its own, before that of the web server: as long as an
  // answer that has begun may take, and then a client's pause.
  runtime: WebRuntime.springBoot({ version: '3.5.0', shutdownPhases: 2 }),
  envVariables: { GOODBYE_SECONDS: EnvValue.fromValue('5') },
  servicePort: 80,
  longestRequest: Duration.seconds(5),
  coldStart: Duration.seconds(90),
  replicas: 3,
});

app.synth();
