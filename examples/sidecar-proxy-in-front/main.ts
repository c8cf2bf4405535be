import { App, Chart, Duration } from 'cdk8s';
import { GracefulWebService, WebRuntime } from 'cdk8s-graceful';
import { ConfigMap, Volume } from 'cdk8s-plus-27';

const app = new App();
const chart = new Chart(app, 'basket', { namespace: 'shop' });

const config = new ConfigMap(chart, 'haproxy', {
  data: {
    'haproxy.cfg': `defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  # While it drains, a client that keeps its connection is answered once more and told to close it, and one that sends
  # nothing is waited for as long as this.
  timeout http-keep-alive 5s
  option idle-close-on-response
frontend web
  bind :9000
  default_backend basket
backend basket
  server basket 127.0.0.1:8080
`,
  },
});

// HAProxy as a native sidecar: the Service leads to it, and it passes requests on to the server. It gets SIGTERM when the
// server is gone. After 5 s in which new requests come it starts its soft stop, which takes 35 s at most: 5 s for which it
// keeps an idle connection, and 30 s for a request that comes on it then. The server holds so long, 40 s. With 5 s of margin
// the grace period is 45 s.
new GracefulWebService(chart, 'basket', {
  image: 'registry.example.com/basket:5.2.0',
  runtime: WebRuntime.nodeHttp(),
  port: 8080,
  servicePort: 80,
  readiness: { path: '/ready' },
  longestRequest: Duration.seconds(30),
  coldStart: Duration.seconds(10),
  replicas: 3,
  sidecars: [
    {
      name: 'haproxy',
      image: 'haproxy:3.2.4',
      inFront: true,
      port: 9000,
      user: 99,
      command: ['haproxy', '-W', '-db', '-f', '/config/haproxy.cfg'],
      drainCommand: ['kill', '-USR1', '1'],
      drain: Duration.seconds(35),
      volumeMounts: [{ path: '/config', volume: Volume.fromConfigMap(chart, 'config', config) }],
    },
  ],
});

app.synth();
