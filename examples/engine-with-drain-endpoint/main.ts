import { App, Chart, Duration } from 'cdk8s';
import {
  Accelerator,
  Follows,
  GracefulInferenceDeployment,
  ImageTool,
  InferenceEngine,
  SigtermBehavior,
  TrafficSource,
} from 'cdk8s-graceful';

const app = new App();
const chart = new Chart(app, 'embedder', { namespace: 'inference' });

// An engine of one's own: POST /drain turns its readiness path to 503 while it serves the rest. The router in front of it
// follows readiness, so preStop waits until the probe has failed (5 s x 2 + 2 s) and the router has heard of it (8 s).
new GracefulInferenceDeployment(chart, 'embedder', {
  image: 'registry.example.com/embedder:4.1.0',
  imageTools: [ImageTool.SH, ImageTool.SLEEP, ImageTool.CURL],
  engine: InferenceEngine.custom({
    port: 9000,
    readinessPath: '/ready',
    livenessPath: '/live',
    sigterm: SigtermBehavior.DRAINS,
    drainTimeout: Duration.seconds(45),
    drainEndpoint: '/drain',
  }),
  readiness: { period: Duration.seconds(5), timeout: Duration.seconds(2), failureThreshold: 2 },
  accelerator: Accelerator.nvidiaMig('1g.10gb', 1),
  trafficSources: [
    TrafficSource.kubeProxy(),
    TrafficSource.custom('router', { propagation: Duration.seconds(8), follows: Follows.READINESS }),
  ],
  longestRequest: Duration.seconds(45),
  coldStart: Duration.minutes(2),
  replicas: 3,
});

app.synth();
