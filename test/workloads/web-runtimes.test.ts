import { App, Chart, Duration, Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { GracefulWebService, type GracefulWebServiceProps, WebRuntime } from '../../src';
import { runtimes } from '../../src/runtimes';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

type Factory = Exclude<keyof typeof WebRuntime, 'prototype' | 'custom'>;

/** The longest request of all cases: longer than every bound that is a default. */
const LONGEST = 90;
const HOLDS = LONGEST + 5;
const DRAINS = 5;

interface Expected {
  readonly runtime: WebRuntime;
  /** What preStop holds, in seconds, or why the construct refuses. */
  readonly preStop: number | string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Each factory with the properties that it asks for and no other. `Record` makes a new one break this file. */
const required: Readonly<Record<Factory, Expected>> = {
  springBoot: {
    runtime: WebRuntime.springBoot({ version: '3.5.0' }),
    preStop: DRAINS,
    env: { SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE: '90s' },
  },
  uvicorn: { runtime: WebRuntime.uvicorn(), preStop: HOLDS, env: { UVICORN_HOST: '0.0.0.0' } },
  fastApi: { runtime: WebRuntime.fastApi(), preStop: HOLDS, env: { UVICORN_HOST: '0.0.0.0' } },
  gunicorn: {
    runtime: WebRuntime.gunicorn(),
    preStop: DRAINS,
    env: { GUNICORN_CMD_ARGS: '--graceful-timeout 90' },
  },
  hypercorn: { runtime: WebRuntime.hypercorn(), preStop: HOLDS },
  nodeHttp: { runtime: WebRuntime.nodeHttp(), preStop: 'port is not given, and Node.js http has no port of its own' },
  express: { runtime: WebRuntime.express(), preStop: 'port is not given, and Express has no port of its own' },
  fastify: { runtime: WebRuntime.fastify(), preStop: 'port is not given, and Fastify has no port of its own' },
  nestJs: { runtime: WebRuntime.nestJs(), preStop: 'port is not given, and NestJS has no port of its own' },
  goHttp: { runtime: WebRuntime.goHttp(), preStop: 'port is not given, and Go net/http has no port of its own' },
  aspNetCore: {
    runtime: WebRuntime.aspNetCore({ version: '9.0' }),
    preStop: DRAINS,
    env: { DOTNET_shutdownTimeoutSeconds: '90' },
  },
  quarkus: { runtime: WebRuntime.quarkus(), preStop: DRAINS, env: { QUARKUS_SHUTDOWN_TIMEOUT: '90s' } },
  micronaut: {
    runtime: WebRuntime.micronaut({ version: '4.9.0' }),
    preStop: DRAINS,
    env: {
      MICRONAUT_LIFECYCLE_GRACEFUL_SHUTDOWN_ENABLED: 'true',
      MICRONAUT_LIFECYCLE_GRACEFUL_SHUTDOWN_GRACE_PERIOD: '90s',
    },
  },
  tomcat: { runtime: WebRuntime.tomcat(), preStop: HOLDS },
  jetty: { runtime: WebRuntime.jetty(), preStop: HOLDS },
  puma: { runtime: WebRuntime.puma(), preStop: HOLDS },
  phpFpm: { runtime: WebRuntime.phpFpm(), preStop: HOLDS },
  nginx: { runtime: WebRuntime.nginx(), preStop: HOLDS },
  apacheHttpd: {
    runtime: WebRuntime.apacheHttpd(),
    preStop: 'Apache httpd listens on port 80 as root; let its configuration listen on a port above 1023',
  },
  haProxy: { runtime: WebRuntime.haProxy(), preStop: 'port is not given, and HAProxy has no port of its own' },
  envoy: { runtime: WebRuntime.envoy(), preStop: HOLDS },
  caddy: {
    runtime: WebRuntime.caddy(),
    preStop: 'Caddy listens on port 80 as root; let the Caddyfile serve a port above 1023 (http_port)',
  },
  traefik: { runtime: WebRuntime.traefik(), preStop: 'Traefik listens on port 80 as root; let its entry point listen' },
};

const SECONDS = Duration.seconds(LONGEST);

/** What the team can say beyond it, in which image, and what preStop holds then. */
const stated: readonly (readonly [name: string, image: string, runtime: WebRuntime, preStop: number])[] = [
  ['a drain of Express', '', WebRuntime.express({ drainsOnSigterm: true }), DRAINS],
  ['a drain of Fastify', '', WebRuntime.fastify({ closesOnSigterm: true }), DRAINS],
  ['a drain of NestJS', '', WebRuntime.nestJs({ shutdownHooks: true }), DRAINS],
  ['a drain of Go', '', WebRuntime.goHttp({ drainsOnSigterm: true, shutdownTimeout: SECONDS }), DRAINS],
  [
    'a drain of Go that ends too early',
    '',
    WebRuntime.goHttp({ drainsOnSigterm: true, shutdownTimeout: Duration.seconds(10) }),
    HOLDS,
  ],
  ['a drain of .NET 6', '', WebRuntime.aspNetCore({ version: '6.0' }), DRAINS],
  ['Micronaut before its graceful shutdown', '', WebRuntime.micronaut({ version: '4.8.3' }), HOLDS],
  ['the timeout of hypercorn', '', WebRuntime.hypercorn({ gracefulTimeout: SECONDS }), DRAINS],
  ['the timeout of Puma', '', WebRuntime.puma({ workerShutdownTimeout: SECONDS }), DRAINS],
  ['the timeout of PHP-FPM', 'php:8.4.2-fpm', WebRuntime.phpFpm({ processControlTimeout: SECONDS }), DRAINS],
  ['the timeout of Tomcat', 'tomcat:11.0.25', WebRuntime.tomcat({ gracefulStopAwait: SECONDS }), DRAINS],
  ['the timeout of Jetty', 'jetty:12.0.14', WebRuntime.jetty({ stopTimeout: SECONDS }), DRAINS],
  ['the timeout of Traefik', 'traefik:v3.7.1', WebRuntime.traefik({ graceTimeOut: SECONDS }), DRAINS],
  ['httpd in its official image', 'httpd:2.4.66', WebRuntime.apacheHttpd(), DRAINS],
  ['httpd in an image with its stop signal', '', WebRuntime.apacheHttpd({ stopsOnSigwinch: true }), DRAINS],
  ['HAProxy in its official image', 'haproxy:3.4.6', WebRuntime.haProxy(), DRAINS],
  [
    'a hard stop of HAProxy that comes too early',
    'haproxy:3.4.6',
    WebRuntime.haProxy({ hardStopAfter: Duration.seconds(30) }),
    HOLDS,
  ],
  ['HAProxy in any other image', '', WebRuntime.haProxy(), HOLDS],
  ['Caddy, which waits for ever', 'caddy:2.11.1', WebRuntime.caddy(), DRAINS],
  [
    'a grace period of Caddy that is too short',
    'caddy:2.11.1',
    WebRuntime.caddy({ gracePeriod: Duration.seconds(10) }),
    HOLDS,
  ],
  [
    'nginx with a timeout that is too short',
    'nginxinc/nginx-unprivileged:1.29.5',
    WebRuntime.nginx({ workerShutdownTimeout: Duration.seconds(10) }),
    HOLDS,
  ],
  ['Envoy without a shell', 'envoyproxy/envoy:distroless-v1.36.2', WebRuntime.envoy(), HOLDS],
];

function synth(props: Partial<GracefulWebServiceProps> & { readonly runtime: WebRuntime }) {
  const chart = new Chart(new App(), 'chart');
  const web = new GracefulWebService(chart, 'web', {
    image: 'registry.example.com/app:1.8.2',
    longestRequest: SECONDS,
    ...props,
  });
  const deployment: any = Testing.synth(chart).find(({ kind }: any) => kind === 'Deployment');
  const { containers } = deployment.spec.template.spec;
  return { web, container: containers[0] };
}

test('every factory is in the table, and a worker has none', () => {
  const factories = Object.keys(required) as Factory[];
  const made = factories.map((factory) => required[factory].runtime._spec.id).sort();
  expect(made).toEqual(
    runtimes
      .filter(({ kind }) => kind === 'web')
      .map(({ id }) => id)
      .sort(),
  );
});

describe('from what a factory asks for alone', () => {
  test.each(Object.entries(required))('%s gives a manifest without findings, or says why not', (_, expected) => {
    const { runtime, preStop, env = {} } = expected;
    if (typeof preStop === 'string') {
      expect(() => synth({ runtime })).toThrow(preStop);
      return;
    }
    const { web, container } = synth({ runtime });
    expect(web.findings).toEqual([]);
    expect(container.lifecycle.preStop).toEqual({ sleep: { seconds: preStop } });
    expect(web.budget.requiredGracePeriod.toSeconds()).toBe(5 + LONGEST + 5);
    const entries = Object.entries(env).map(([name, value]) => ({ name, value }));
    expect(container.env ?? []).toEqual(expect.arrayContaining(entries));
  });
});

test.each(stated)('%s', (_, image, runtime, preStop) => {
  const { web, container } = synth({ runtime, port: 8080, ...(image && { image }) });
  expect(web.findings).toEqual([]);
  expect(container.lifecycle.preStop).toEqual({ sleep: { seconds: preStop } });
});

test('flags of the user in the variable of gunicorn stay, and preStop holds since they set no timeout', () => {
  const own = '--workers 4';
  const { web, container } = synth({
    runtime: WebRuntime.gunicorn(),
    envVariables: { GUNICORN_CMD_ARGS: EnvValue.fromValue(own) },
  });
  expect(web.findings).toEqual([]);
  expect(container.env).toContainEqual({ name: 'GUNICORN_CMD_ARGS', value: own });
  expect(container.lifecycle.preStop).toEqual({ sleep: { seconds: HOLDS } });
});

test('Caddy gets the capability without which its binary does not start, any other server none', () => {
  const { container } = synth({ runtime: WebRuntime.caddy(), port: 8080 });
  expect(container.securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] });
  const other = synth({ runtime: WebRuntime.quarkus() });
  expect(other.container.securityContext.capabilities).toEqual({ drop: ['ALL'] });
});

test('a health path on another port than the requests is not probed', () => {
  const { container } = synth({ runtime: WebRuntime.traefik(), port: 8000 });
  expect(container.readinessProbe.tcpSocket).toEqual({ port: 8000 });
  expect(container.livenessProbe).toBeUndefined();
});
