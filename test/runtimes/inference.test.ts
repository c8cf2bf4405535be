import { isBelowMinimum, sigtermBehaviour } from '../../src/runtimes';
import { sglang } from '../../src/runtimes/sglang';
import { uvicornLetsStreamsFinish, vllm } from '../../src/runtimes/vllm';

describe('vLLM', () => {
  test.each([
    ['0.17.1', 'refused', 'refused', 0],
    ['0.18.0', 'refused', 'refused', 4],
    ['0.26.9', 'refused', 'refused', 4],
    ['0.27.0', 'failed', 'unchanged', 14],
    ['0.32.0', 'failed', 'unchanged', 14],
    ['0.33.0', 'failed', 'unchanged', 14],
    [undefined, 'failed', 'unchanged', 14],
  ])('%s aborts, new requests %s, readiness %s, exit %i s', (version, newRequests, readiness, exit) => {
    const { behaviour } = sigtermBehaviour(vllm, version);
    expect(behaviour.inFlight.value).toBe('aborts');
    expect(behaviour.newRequests.value).toBe(newRequests);
    expect(behaviour.readiness.value).toBe(readiness);
    expect(behaviour.exitSeconds.value).toBe(exit);
    expect(behaviour.bound.value).toMatchObject({ seconds: 0, hangsAtBound: true });
  });

  test.each([
    ['0.17.1', false],
    ['0.18.0', true],
    ['0.26.9', true],
    ['0.32.0', true],
    [undefined, false],
  ])('%s knows --shutdown-timeout: %s', (version, knows) => {
    const { drainSwitch, drainBrokenBy, bound } = sigtermBehaviour(vllm, version).behaviour;
    const setting = { flag: '--shutdown-timeout', format: 'seconds' };
    expect(drainSwitch?.value).toEqual(knows ? { setting, on: 1 } : undefined);
    expect(bound.value.setting).toEqual(knows ? setting : undefined);
    const servers = { setting: { flag: '--api-server-count', format: 'count' }, above: 1 };
    expect(drainBrokenBy?.value).toEqual(knows ? servers : undefined);
  });

  test.each([
    ['0.17.1', false, 'measured'],
    ['0.18.0', false, 'unverified'],
    ['v0.26.9', false, 'unverified'],
    ['0.27.0', true, 'measured'],
    ['0.32.0-cu130', true, 'measured'],
    ['latest', false, 'measured'],
    [undefined, false, 'measured'],
  ])('%s: the uvicorn lets streams finish: %s (%s)', (version, finish, evidence) => {
    expect(uvicornLetsStreamsFinish(version)).toMatchObject({ value: finish, evidence });
    expect(sigtermBehaviour(vllm, version).behaviour.cutsStreams?.value).toBe(!finish);
  });

  test.each([
    ['0.17.1', true, false],
    ['0.32.5', true, false],
    ['0.33.0', false, false],
    ['latest', false, true],
    [undefined, false, true],
  ])('%s checked %s, assumed %s', (version, checked, assumed) => {
    expect(sigtermBehaviour(vllm, version)).toMatchObject({ checked, assumed });
  });

  test('probes, gauges and tools', () => {
    expect(vllm.port?.value).toBe(8000);
    expect(vllm.readinessPath?.value).toBe('/health');
    expect(vllm.livenessPath?.value).toBe('/health');
    expect(vllm.gauges?.value).toEqual({
      path: '/metrics',
      names: ['vllm:num_requests_running', 'vllm:num_requests_waiting'],
    });
    expect(vllm.tools?.value).toEqual(['sh', 'sleep', 'touch', 'rm', 'date', 'curl', 'python3']);
  });
});

describe('SGLang', () => {
  test.each([
    ['0.5.6', 5, true, false],
    ['0.5.13', 5, true, false],
    ['0.5.14', 20, true, false],
    ['0.5.23', 20, true, false],
    ['0.5.24', 20, false, false],
    [undefined, 20, false, true],
  ])('%s drains without bound and exits within %i s (checked %s, assumed %s)', (version, exit, checked, assumed) => {
    const chosen = sigtermBehaviour(sglang, version);
    expect(chosen).toMatchObject({ checked, assumed });
    expect(chosen.behaviour.inFlight.value).toBe('drains');
    expect(chosen.behaviour.bound.value).toEqual({});
    expect(chosen.behaviour.newRequests.value).toBe('served');
    expect(chosen.behaviour.readiness.value).toBe('503');
    expect(chosen.behaviour.cutsStreams?.value).toBe(false);
    expect(chosen.behaviour.exitSeconds.value).toBe(exit);
  });

  test.each([
    ['0.5.5', true],
    ['0.5.5.post3', true],
    ['0.5.6', false],
    [undefined, false],
  ])('%s is refused: %s', (version, refused) => {
    expect(isBelowMinimum(sglang, version)).toBe(refused);
  });

  test('liveness looks neither at the drain nor at the load', () => {
    expect(sglang.readinessPath?.value).toBe('/health');
    expect(sglang.livenessPath?.value).toBe('/model_info');
    expect(sglang.env?.value).toEqual({ SGLANG_ENABLE_HEALTH_ENDPOINT_GENERATION: 'false' });
  });

  test('the paths open without an API key hold readiness and metrics, but not liveness', () => {
    const { flag, openPathPrefixes } = sglang.apiKey?.value ?? { flag: '', openPathPrefixes: [] };
    const isOpen = (path = '') => openPathPrefixes.some((prefix) => path.startsWith(prefix));
    expect(flag).toBe('--api-key');
    expect(isOpen(sglang.readinessPath?.value)).toBe(true);
    expect(isOpen(sglang.gauges?.value.path)).toBe(true);
    expect(isOpen(sglang.livenessPath?.value)).toBe(false);
  });

  test('port and gauges', () => {
    expect(sglang.port?.value).toBe(30000);
    expect(sglang.gauges?.value).toEqual({
      path: '/metrics',
      names: ['sglang:num_running_reqs', 'sglang:num_queue_reqs'],
      neededFlag: '--enable-metrics',
    });
  });
});
