import { isBelowMinimum, type RuntimeFacts, sigtermBehaviour } from '../../src/runtimes';
import { fastApi, QUIET_SECONDS_ENV } from '../../src/runtimes/fast-api';
import { nginx } from '../../src/runtimes/nginx';
import { nodeHttp } from '../../src/runtimes/node-http';
import { springBoot } from '../../src/runtimes/spring-boot';
import { uvicorn } from '../../src/runtimes/uvicorn';

describe('Spring Boot', () => {
  test.each([
    ['2.2', true],
    ['2.2.13.RELEASE', true],
    ['2.3.0', false],
    ['4.0.0', false],
    [undefined, false],
  ])('%s is refused: %s', (version, refused) => {
    expect(isBelowMinimum(springBoot, version)).toBe(refused);
  });

  test('before 2.3 cuts requests and nothing changes that', () => {
    const { behaviour, checked } = sigtermBehaviour(springBoot, '2.2.13');
    expect(behaviour.inFlight.value).toBe('aborts');
    expect(behaviour.drainSwitch).toBeUndefined();
    expect(checked).toBe(false);
  });

  test.each(['2.3', '2.3.0', '2.7.18', '3.3.9', undefined, 'unknown'])('%s aborts but for the switch', (version) => {
    const { behaviour } = sigtermBehaviour(springBoot, version);
    expect(behaviour.inFlight.value).toBe('aborts');
    expect(behaviour.drainSwitch?.value).toMatchObject({
      setting: { env: 'SERVER_SHUTDOWN', format: 'keyword' },
      on: 'graceful',
    });
  });

  test.each(['3.4.0', '3.5.0-RC1', '4.0', '4.1.3'])('%s drains by itself', (version) => {
    const { behaviour, checked, assumed } = sigtermBehaviour(springBoot, version);
    expect(behaviour.inFlight.value).toBe('drains');
    expect(behaviour.drainSwitch?.value).toMatchObject({ on: 'graceful', byDefault: true });
    expect({ checked, assumed }).toEqual({ checked: true, assumed: false });
  });

  test.each(['2.3', '3.4', undefined])('%s waits 30 s for each phase unless told otherwise', (version) => {
    expect(sigtermBehaviour(springBoot, version).behaviour.bound.value).toEqual({
      seconds: 30,
      perPhase: true,
      setting: {
        env: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE',
        others: [
          'SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE',
          '--spring.lifecycle.timeout-per-shutdown-phase',
          '-Dspring.lifecycle.timeout-per-shutdown-phase',
        ],
        format: 'spring-duration',
      },
    });
  });

  test('a version that nobody checked is taken as like the newest', () => {
    const { behaviour, checked } = sigtermBehaviour(springBoot, '4.2.0');
    expect(behaviour).toBe(sigtermBehaviour(springBoot, '4.1.0').behaviour);
    expect(checked).toBe(false);
  });

  test('an unknown version is assumed', () => {
    expect(sigtermBehaviour(springBoot, undefined)).toMatchObject({ checked: false, assumed: true });
  });

  test('probes and paths', () => {
    expect(springBoot.port?.value).toBe(8080);
    expect(springBoot.readinessPath?.value).toBe('/actuator/health/readiness');
    expect(springBoot.livenessPath?.value).toBe('/actuator/health/liveness');
    expect(springBoot.env?.value).toEqual({
      MANAGEMENT_ENDPOINT_HEALTH_PROBES_ENABLED: 'true',
      SERVER_SHUTDOWN: 'graceful',
    });
    expect(springBoot.writablePaths.value).toEqual(['/tmp']);
  });
});

describe.each<[string, RuntimeFacts]>([
  ['uvicorn', uvicorn],
  ['FastAPI', fastApi],
])('%s', (_, facts) => {
  test.each([
    ['0.22.0', false],
    ['0.42.0', false],
    ['0.43.0', true],
    ['0.44.0', true],
    ['0.44.9', true],
    ['0.45.0', false],
    ['0.54.0', false],
    [undefined, true],
  ])('%s cuts streams: %s', (version, cuts) => {
    const { behaviour, assumed } = sigtermBehaviour(facts, version);
    expect(behaviour.cutsStreams?.value).toBe(cuts);
    expect(behaviour.inFlight.value).toBe('drains');
    expect(behaviour.newRequests.value).toBe('refused');
    expect(assumed).toBe(version === undefined);
  });

  test('waits without bound, and two settings bound it', () => {
    const { bound } = sigtermBehaviour(facts, '0.54.0').behaviour;
    expect(bound.value).toEqual({
      setting: {
        env: 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN',
        flag: '--timeout-graceful-shutdown',
        format: 'seconds',
      },
    });
  });

  test('has a port but no health path of its own', () => {
    expect(facts.port?.value).toBe(8000);
    expect(facts.readinessPath).toBeUndefined();
    expect(facts.livenessPath).toBeUndefined();
  });

  test('was checked up to 0.54', () => {
    expect(sigtermBehaviour(facts, '0.54.7').checked).toBe(true);
    expect(sigtermBehaviour(facts, '0.55.0').checked).toBe(false);
  });
});

test('the variable of the readiness-flag contract does not change', () => {
  expect(QUIET_SECONDS_ENV).toBe('CDK8S_GRACEFUL_QUIET_SECONDS');
});

describe('nginx', () => {
  test('drains without bound in every version, so an unknown version assumes nothing', () => {
    const { behaviour, checked, assumed } = sigtermBehaviour(nginx, undefined);
    expect(behaviour.inFlight.value).toBe('drains');
    expect(behaviour.bound.value).toEqual({ configuredBy: 'worker_shutdown_timeout' });
    expect({ checked, assumed }).toEqual({ checked: true, assumed: false });
    expect(sigtermBehaviour(nginx, '1.31.5').checked).toBe(true);
    expect(sigtermBehaviour(nginx, '1.33.0').checked).toBe(false);
  });

  test('a version before the first known one is taken as like that', () => {
    const [{ sigterm }] = nginx.versions;
    const facts = { ...nginx, versions: [{ from: '1.20.0', sigterm }] };
    expect(sigtermBehaviour(facts, '1.18.0').behaviour).toBe(sigterm);
  });

  test('has only what all variants of the image hold, and names what it writes', () => {
    expect(nginx.tools?.value).toEqual(['sh', 'sleep', 'touch', 'rm', 'date']);
    expect(nginx.writablePaths.value).toEqual(['/var/cache/nginx', '/run', '/tmp']);
  });
});

describe('Node.js', () => {
  test("is the application's own business", () => {
    const { behaviour, checked, assumed } = sigtermBehaviour(nodeHttp, '22.1.0');
    expect(behaviour.inFlight.value).toBe('unknown');
    expect(behaviour.readiness.value).toBe('unchanged');
    expect({ checked, assumed }).toEqual({ checked: true, assumed: false });
    expect(nodeHttp.port).toBeUndefined();
    expect(nodeHttp.tools).toBeUndefined();
    expect(nodeHttp.images.value).toEqual([]);
  });
});
