import { type RuntimeFacts, runtime, runtimes, sigtermBehaviour } from '../../src/runtimes';

const engines = runtimes.filter(({ kind }) => kind === 'inference').map((facts) => [facts.id, facts] as const);

test.each(engines)('%s has a port, paths and commands of its own, and tools where it has an image', (_, facts) => {
  for (const field of ['port', 'bindAddress', 'readinessPath', 'livenessPath', 'whileLoading', 'commands'] as const) {
    expect(facts[field]).toBeDefined();
  }
  expect(facts.tools === undefined).toBe(facts.images.value.length === 0);
  expect(facts.notes.length).toBeGreaterThan(0);
});

test.each(engines)('%s is reachable: it listens on every address, or a setting makes it', (_, { bindAddress }) => {
  const { address = '', setting, needed } = bindAddress?.value ?? {};
  expect(needed === undefined || setting !== undefined).toBe(true);
  if (address === '127.0.0.1' || address === 'localhost') expect(['0.0.0.0', undefined]).toContain(needed);
});

test.each([
  ['tgi', 3000, 'drains', 90, 'refused', 'refused', false],
  ['tei', 3000, 'drains', undefined, 'refused', 'refused', false],
  ['triton', 8000, 'drains', 30, 'refused', 'refused', false],
  ['nim', 8000, 'aborts', 0, 'failed', 'unchanged', true],
  ['tensorrt-llm', 8000, 'drains', undefined, 'refused', 'refused', true],
  ['llama-cpp', 8080, 'aborts', 0, 'refused', 'refused', true],
  ['ollama', 11434, 'aborts', 0, 'refused', 'refused', true],
  ['lmdeploy', 23333, 'drains', undefined, 'refused', 'refused', true],
  ['ray-serve', 8000, 'aborts', 0, 'refused', 'refused', true],
  ['torchserve', 8080, 'ignored', undefined, 'served', 'unchanged', true],
  ['kserve', 8080, 'drains', 30, 'refused', 'refused', true],
  ['infinity', 7997, 'drains', undefined, 'refused', 'refused', false],
  ['bentoml', 3000, 'drains', undefined, 'failed', 'refused', true],
  ['dynamo', 8000, 'drains', 5, 'failed', '503', false],
])('%s on %i %s, bound %s s; new requests %s, readiness %s, may cut streams %s', (id, port, ...expected) => {
  const facts = runtime(id) as RuntimeFacts;
  const { inFlight, bound, newRequests, readiness, cutsStreams } = sigtermBehaviour(facts, undefined).behaviour;
  expect(facts.port?.value).toBe(port);
  expect([inFlight.value, bound.value.seconds, newRequests.value, readiness.value, cutsStreams?.value]).toEqual(
    expected,
  );
});

test('what was measured is marked so', () => {
  const measuredInFlight = engines.filter(([, { versions }]) =>
    versions.every(({ sigterm }) => sigterm.inFlight.evidence === 'measured'),
  );
  expect(measuredInFlight.map(([id]) => id)).toEqual([
    'vllm',
    'llama-cpp',
    'ray-serve',
    'torchserve',
    'kserve',
    'bentoml',
  ]);
});
