import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { page } from '../../rehearsal/page';
import { type CaseResult, eventRows, type SideResult } from '../../rehearsal/result';
import { readResults } from '../../rehearsal/results';

const PAGE = join(__dirname, '../../docs/proof.md');

test('docs/proof.md is up to date with rehearsal/results: npx projen docs', () => {
  const { cases, harm } = readResults();
  const expected = cases.length > 0 || harm ? page({ cases, harm }) : undefined;
  expect(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : undefined).toBe(expected);
});

const exit = (seenSecond: number, agrees: boolean) => ({
  event: 'exit',
  predictedSecond: 10,
  seenSecond,
  differenceSeconds: seenSecond - 10,
  atMost: true,
  agrees,
});

function side(lost: number, seenSecond: number, agrees = true): SideResult {
  const rollout = {
    name: 'rollout' as const,
    outcome: 'done' as const,
    seconds: 20,
    sent: 1600,
    lost,
    lostKeptAlive: Math.min(lost, 1),
    lostByKind: lost > 0 ? { refused: lost } : {},
    lowestReadySeen: 3,
    lowestReadyPredicted: 3,
    lateMilliseconds: 12,
    events: eventRows([exit(seenSecond, agrees)]),
    notes: [],
  };
  const rules = lost > 0 ? ['prestop-missing'] : [];
  const outcome = lost > 0 ? 'requests-lost' : 'nothing-lost';
  const sent = { sent: 2000, sentKeptAlive: 1000, lost, lateMilliseconds: 12 };
  return { outcome, why: [], replicas: 3, seconds: 25, ...sent, disturbances: [rollout], rules };
}

const node: CaseResult = {
  name: 'node',
  number: 1,
  title: 'Node.js web service',
  naiveLacks: 'no preStop',
  run: 'a',
  command: 'npm run rehearse',
  date: '2026-11-21T14:00:00Z',
  versions: { cdk8sGraceful: '0.0.0 (abc)', kubernetes: 'v1.34.4', nodes: '2 of Debian', server: 'Node.js v20' },
  requests: ['/', '/events:stream=[DONE]'],
  requestsPerSecond: 80,
  explanations: {},
  sides: { naive: side(22, 3), ours: side(0, 7) },
};

test('what was lost with both manifests stands side by side, with date, versions and command', () => {
  const text = page({ cases: [node] });
  expect(text).toContain(
    '- 2026-11-21, `npm run rehearse`, Kubernetes 1.34.4 (2 of Debian), cdk8s-graceful 0.0.0 (abc)',
  );
  expect(text).toContain('| 1 | Node.js web service | no preStop | 22 of 2,000 | 0 of 2,000 | holds |');
  expect(text).toContain('| rollout | 22 of 1,600 | 22 refused (1 kept-alive) | 3 | 0 of 1,600 | - | 3 (3) |');
  expect(text).toContain('| exit | at most 10 s | 7 s | - |');
  expect(text).toContain('[prestop-missing](rules.md#prestop-missing)');
});

test('a case that was skipped or says nothing is not hidden, and a difference comes with its reason', () => {
  const skipped = { ...node, number: 3, title: 'Spring Boot', sides: undefined, skipped: 'there is no mvn' };
  expect(page({ cases: [skipped] })).toContain('| 3 | Spring Boot | no preStop | - | - | skipped: there is no mvn |');
  const harmless = { ...node, sides: { naive: side(0, 3), ours: side(0, 7) } };
  expect(page({ cases: [harmless] })).toContain('inconclusive: the naive manifest lost nothing either');
  const late = { ...node, sides: { naive: side(1, 3), ours: side(0, 16, false) } };
  expect(page({ cases: [late] })).toContain('| by 6 s: not explained |');
  const explained = { ...late, explanations: { exit: 'idle clients' } };
  expect(page({ cases: [explained] })).toContain('| by 6 s: idle clients |');
});

test('what has to be known of a case stands above its numbers, and its requests in one line each', () => {
  const about = 'Two accelerators are advertised that are not there.';
  const requests = ['POST /v1/completions {"stream":true}:stream="length"}\n\ndata: [DONE]'];
  const text = page({ cases: [{ ...node, about, requests, requestsPerSecond: 0.3 }] });
  expect(text).toContain(`### 1. Node.js web service\n\n${about}\n\nNode.js v20; 3 replicas; 0.3 requests a second`);
  expect(text).toContain('`POST /v1/completions {"stream":true}:stream="length"}\\n\\ndata: [DONE]`');
});

test('a second attempt is told of', () => {
  const ours = { ...side(0, 7), earlier: ['drain was not done: every pod is on node-1'] };
  expect(page({ cases: [{ ...node, sides: { naive: side(1, 3), ours } }] })).toContain(
    'Rehearsed once more (ours): the first time drain was not done: every pod is on node-1.',
  );
});

test('runs of several days are told apart', () => {
  const later = { ...node, number: 2, title: 'FastAPI', run: 'b', date: '2026-11-22T09:00:00Z' };
  const text = page({ cases: [node, later] });
  expect(text).toContain('- Node.js web service: 2026-11-21');
  expect(text).toContain('- FastAPI: 2026-11-22');
});

test('the harm of refused manifests is the other half', () => {
  const rows = [
    {
      rule: 'pdb-blocks-eviction',
      what: 'maxUnavailable is 0',
      harmed: true,
      harm: 'all evictions were refused',
      evidence: { refused: 20 },
      twin: { what: 'maxUnavailable is 1', seen: 'granted at once', evidence: { refused: 0 } },
      kubernetes: '1.34.4',
      date: '2026-11-21',
    },
  ];
  expect(page({ cases: [], harm: { rows } })).toContain(
    '| [pdb-blocks-eviction](rules.md#pdb-blocks-eviction) | maxUnavailable is 0 | all evictions were refused | ' +
      'maxUnavailable is 1: granted at once | 1.34.4 | 2026-11-21 |',
  );
});
