import * as fs from 'node:fs';
import * as path from 'node:path';
import { type KubernetesGate, kubernetesGates, LEAST_KUBERNETES_MINOR, supports } from '../../src/kubernetes/gates';

test.each<[KubernetesGate, number]>([
  ['sleepAction', 30],
  ['nativeSidecars', 29],
  ['probeTerminationGracePeriod', 25],
  ['unhealthyPodEvictionPolicy', 27],
  ['sleepActionOfZero', 33],
  ['containerStopSignal', 38],
  ['terminatingEndpoints', 26],
  ['dynamicResourceAllocation', 34],
])('%s works from 1.%i on', (gate, minor) => {
  expect(supports(gate, { minor: minor - 1 })).toBe(false);
  expect(supports(gate, { minor: minor - 1, patch: 99 })).toBe(false);
  expect(supports(gate, { minor })).toBe(true);
  expect(supports(gate, { minor: minor + 1, patch: 0 })).toBe(true);
});

test('without a version what works in 1.30 and later is used', () => {
  for (const gate of Object.keys(kubernetesGates) as KubernetesGate[]) {
    expect(supports(gate, undefined)).toBe(supports(gate, { minor: 30 }));
  }
});

test('the least minor', () => {
  expect(LEAST_KUBERNETES_MINOR).toBe(27);
});

const SRC = path.join(__dirname, '../../src');
const elsewhere = fs
  .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('kubernetes'))
  .map((file) => fs.readFileSync(path.join(SRC, file), 'utf8'))
  .join('\n');

test.each(Object.keys(kubernetesGates))('a rule or a construct asks for %s', (gate) => {
  expect(elsewhere).toContain(`supports('${gate}', `);
});
