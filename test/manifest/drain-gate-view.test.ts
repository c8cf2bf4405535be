import { parseKubernetesVersion } from '../../src/kubernetes/version';
import { Container } from '../../src/manifest/container';
import { drainGateOf, markerOf } from '../../src/manifest/drain-gate-view';
import { drainEndpointPreStopCommand } from '../../src/manifest/hooks/drain-endpoint';
import { markerPreStopCommand, markerReadinessCommand } from '../../src/manifest/hooks/marker';
import type { JsonObject } from '../../src/manifest/json';
import type { Sigterm } from '../../src/manifest/runtime-view';

const SIGTERM: Sigterm = {
  inFlight: 'drains',
  boundBy: 'a test',
  hangsAtBound: false,
  perPhase: false,
  cutsStreams: false,
  exitSeconds: 0,
  newRequests: 'refused',
  readiness: 'refused',
  quietSeconds: 0,
  why: 'a test',
};

const NOTHING = 'neither preStop nor SIGTERM changes what the readiness probe sees';
const URL = 'http://127.0.0.1:8000/health';
const MARKER = '/var/run/drain/draining';

const exec = (command: readonly string[]) => ({ exec: { command } });
const readiness = {
  tells: exec(markerReadinessCommand({ path: MARKER, url: URL, timeoutSeconds: 1, fetchWith: 'curl' })),
};
const http = { httpGet: { path: '/health', port: 8000 } };
const touch = exec(markerPreStopCommand({ path: MARKER, delaySeconds: 15 }));
const call = exec(
  drainEndpointPreStopCommand({
    url: 'http://127.0.0.1:8000/drain',
    method: 'POST',
    fetchWith: 'curl',
    timeoutSeconds: 5,
    delaySeconds: 15,
  }),
);

interface Situation {
  readonly probe?: JsonObject;
  readonly preStop?: JsonObject;
  readonly sigterm?: Partial<Sigterm>;
  readonly sigtermAt?: number;
  readonly version?: string;
  readonly endpoint?: string;
}

function gate({ probe, preStop, sigterm, sigtermAt, version, endpoint }: Situation) {
  const readinessProbe = probe && { ...probe, periodSeconds: 2, failureThreshold: 3, timeoutSeconds: 1 };
  const server = new Container({ name: 'main', readinessProbe, lifecycle: { preStop } }, false);
  const version_ = version === undefined ? undefined : parseKubernetesVersion(version);
  return drainGateOf(server, sigterm && { ...SIGTERM, ...sigterm }, sigtermAt, version_, endpoint);
}

describe('a marker', () => {
  const marker = { probe: readiness.tells, preStop: touch };

  test.each([
    ['1.34', 7],
    ['1.36.2', 7],
    ['1.35', undefined],
    ['1.35.9', undefined],
    ['1.36', undefined],
    ['1.36.3', undefined],
    ['1.37', undefined],
    [undefined, undefined],
  ])('on %s readiness is false after %p s', (version, falseAtSeconds) => {
    const view = gate({ ...marker, version });
    expect(view).toMatchObject({ kind: 'marker', path: MARKER });
    expect(view.falseAtSeconds).toBe(falseAtSeconds);
    const says = version === undefined ? 'Without a Kubernetes version' : `Kubernetes ${version}`;
    expect(view.why).toContain(falseAtSeconds === undefined ? says : `preStop makes ${MARKER}`);
  });

  test('counts before what the server does', () => {
    expect(gate({ ...marker, version: '1.34', sigterm: { readiness: '503' }, sigtermAt: 15 })).toMatchObject({
      kind: 'marker',
      falseAtSeconds: 7,
    });
  });

  test.each([
    ['that the probe does not test', exec(['cat', '/tmp/other']), touch],
    ['that nobody makes', readiness.tells, exec(['sleep', '15'])],
    ['without a hook', readiness.tells, undefined],
    ['in a hook that only sleeps', readiness.tells, { sleep: { seconds: 15 } }],
    ['with a probe that is no command', http, touch],
  ])('is none %s', (_, probe, preStop) => {
    expect(gate({ probe, preStop, version: '1.34' }).kind).not.toBe('marker');
  });

  test('an exec probe that does not run tells nothing of the server either', () => {
    const view = gate({
      probe: exec(['curl', '-f', URL]),
      preStop: touch,
      version: '1.36.3',
      sigterm: { readiness: '503' },
      sigtermAt: 15,
    });
    expect(view.kind).toBe('none');
    expect(view.why).toContain('Kubernetes 1.36.3');
    expect(view.falseAtSeconds).toBeUndefined();
  });

  test('an exec probe that runs sees what the server answers', () => {
    expect(
      gate({ probe: exec(['curl', '-f', URL]), version: '1.34', sigterm: { readiness: '503' }, sigtermAt: 15 }),
    ).toMatchObject({ kind: 'server', falseAtSeconds: 22 });
  });
});

describe('markerOf', () => {
  test('the first file that is both made and tested', () => {
    const container = new Container(
      { lifecycle: { preStop: exec(['touch', '/a', '/b', '/c']) }, readinessProbe: exec(['cat', '/c', '/b']) },
      false,
    );
    expect(markerOf(container, container.readiness)).toBe('/b');
    expect(markerOf(container, undefined)).toBeUndefined();
    expect(markerOf(container, container.liveness)).toBeUndefined();
  });
});

describe('a drain endpoint', () => {
  test.each([
    ['called by a command', call],
    ['called by an httpGet hook', { httpGet: { path: '/drain', port: 8000 } }],
  ])('%s', (_, preStop) => {
    expect(gate({ probe: http, preStop, endpoint: '/drain' })).toEqual({
      kind: 'drain-endpoint',
      falseAtSeconds: 7,
      why: 'preStop calls /drain',
    });
  });

  test.each([
    ['that nobody calls', { sleep: { seconds: 15 } }, '/drain'],
    ['without a hook', undefined, '/drain'],
    ['where another path is called', { httpGet: { path: '/stop', port: 8000 } }, '/drain'],
    ['that nobody stated', call, undefined],
  ])('is none %s', (_, preStop, endpoint) => {
    expect(gate({ probe: http, preStop, endpoint })).toEqual({ kind: 'none', why: NOTHING });
  });

  test('whatever the version, since the probe is an HTTP request', () => {
    expect(gate({ probe: http, preStop: call, endpoint: '/drain', version: '1.36.3' })).toMatchObject({
      kind: 'drain-endpoint',
      falseAtSeconds: 7,
    });
  });
});

describe('the server itself', () => {
  test.each([
    ['503', 15, 22, 'the server answers 503 after SIGTERM, which comes 15 s after deletion'],
    ['refused', 15, 22, 'the server refuses connections after SIGTERM, which comes 15 s after deletion'],
    ['refused', 0, 7, 'the server refuses connections after SIGTERM, which comes 0 s after deletion'],
  ] as const)('%s at %d s', (answers, sigtermAt, falseAtSeconds, why) => {
    expect(gate({ probe: http, sigterm: { readiness: answers }, sigtermAt })).toEqual({
      kind: 'server',
      falseAtSeconds,
      why,
    });
  });

  test.each([
    ['readiness stays as it is', { readiness: 'unchanged' as const }, 15],
    ['SIGTERM comes nobody knows when', { readiness: '503' as const }, undefined],
    ['nothing is known of the server', undefined, 15],
  ])('none: %s', (_, sigterm, sigtermAt) => {
    expect(gate({ probe: http, sigterm, sigtermAt })).toEqual({ kind: 'none', why: NOTHING });
  });

  test('none without a readiness probe', () => {
    expect(gate({ preStop: touch, sigterm: { readiness: '503' }, sigtermAt: 15, version: '1.34' })).toEqual({
      kind: 'none',
      why: 'there is no readiness probe',
    });
  });
});
