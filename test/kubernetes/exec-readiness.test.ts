import { execReadinessRunsDuringTermination } from '../../src/kubernetes/exec-readiness';
import { parseKubernetesVersion } from '../../src/kubernetes/version';

test.each([
  ['1.27', true],
  ['1.34', true],
  ['1.34.4', true],
  ['1.35', false],
  ['1.35.0', false],
  ['1.35.9', false],
  ['1.36', false],
  ['1.36.0', true],
  ['1.36.2', true],
  ['1.36.3', false],
  ['1.36.12', false],
  ['1.37', false],
  ['1.37.0', false],
  ['1.38.1', false],
])('%s runs exec readiness probes during termination: %s', (text, runs) => {
  const answer = execReadinessRunsDuringTermination(parseKubernetesVersion(text));
  expect(answer.runs).toBe(runs);
  expect(answer.why).toContain(`Kubernetes ${text} `.replace('1.36 ', '1.36, from 1.36.3 on, '));
});

test('without a version nothing is relied on', () => {
  const { runs, why } = execReadinessRunsDuringTermination(undefined);
  expect(runs).toBe(false);
  expect(why).toMatch(/^Without a Kubernetes version .* 1\.35 .* 1\.36\.3 .*#140881\)\.$/);
});

test('each reason is a sentence with its source', () => {
  expect(execReadinessRunsDuringTermination({ minor: 36, patch: 3 }).why).toBe(
    'Kubernetes 1.36.3 does not run exec readiness probes in a terminating pod (run: 1.36.3, two nodes, exec readiness probe every second, one pod deleted; kubernetes/kubernetes#140066, #140881).',
  );
  expect(execReadinessRunsDuringTermination({ minor: 34 }).why).toMatch(
    /^Kubernetes 1\.34 runs .*\(run: 1\.34\.4, .*\)\.$/,
  );
  expect(execReadinessRunsDuringTermination({ minor: 37 }).why).toMatch(
    /^Kubernetes 1\.37 is not known to run .*#140882/,
  );
});
