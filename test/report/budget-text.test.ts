import type { JsonObject } from '../../src/manifest/json';
import { budgetText } from '../../src/report/budget-text';
import { assess, stated } from '../manifest/assessing';
import {
  autoscaler,
  type Changes,
  deployment,
  deploymentOf,
  disruptionBudget,
  service,
} from '../rules/cases/manifests';

const lines = (...objects: readonly JsonObject[]) => budgetText(assess(...objects)).split('\n');

describe('budgetText', () => {
  test('the sum as a table, what happens when, rollout and evictions', () => {
    expect(lines(deployment(), service(), disruptionBudget())).toEqual([
      'apps/v1 Deployment shop/orders',
      '  preStop delay                  10 s  new requests arrive until 5 s',
      '  longest request                30 s  30 s x 1 phase',
      '  margin                          5 s  the exit of an idle process, and rounding to whole seconds',
      '  needed                         45 s',
      '  terminationGracePeriodSeconds  45 s  0 s to spare',
      '  when: 0 s deletion, 0 s pre-stop-start, 5 s traffic-gone, 10 s pre-stop-end, 10 s sigterm, 21 s readiness-false, 40 s last-request-done, 40 s exit, 45 s sigkill',
      '  rollout: 3 replicas, 1 more and 0 fewer at once, never below 3 ready; about 225 s with a cold start of 60 s',
      '  evictions: 1 at once, 3 replicas - max(rollout 0, evictions 1) = 2, required 2',
    ]);
  });

  test('without a longest request there is nothing to compute', () => {
    expect(lines(deployment(stated({ 'longest-request': undefined })))).toEqual([
      'apps/v1 Deployment shop/orders',
      '  the longest request is not stated: nothing to compute',
    ]);
  });

  const grace = (terminationGracePeriodSeconds: number) => deploymentOf({}, { terminationGracePeriodSeconds });

  test.each([
    [60, '15 s to spare'],
    [45, '0 s to spare'],
    [44, '1 s short'],
    [44.5, '0.5 s short'],
  ])('a grace of %d s: %s', (seconds, slack) => {
    expect(lines(grace(seconds))).toContainEqual(
      expect.stringMatching(new RegExp(`^ {2}terminationGracePeriodSeconds +${seconds} s +${slack}$`)),
    );
  });

  test('seconds have no dust of floating point', () => {
    const preStop = { sleep: undefined, exec: { command: ['sh', '-c', 'sleep 0.1; sleep 0.2'] } };
    const text = lines(deploymentOf({ lifecycle: { preStop } })).join('\n');
    expect(text).toContain('0.3 s sigterm');
    expect(text).not.toMatch(/\d\.\d{4,}/);
  });

  test('all columns are aligned', () => {
    const wide = lines(deployment(stated({ 'longest-request': '1000s' }))).slice(1, 6);
    expect(new Set(wide.map((line) => line.indexOf(' s'))).size).toBe(1);
  });

  test('events name their container where there are several', () => {
    const initContainers = [{ name: 'proxy', restartPolicy: 'Always' }];
    const when = lines(deploymentOf({}, { initContainers })).find((line) => line.startsWith('  when: '));
    expect(when).toContain('10 s sigterm (main)');
    expect(when).toContain('40 s sigterm (proxy)');
    expect(when).toContain('0 s deletion,');
  });

  describe('rollout and evictions', () => {
    const last = (...objects: readonly JsonObject[]) => lines(...objects).slice(-2);
    const gpus = (rollingUpdate: Changes, keys = {}) =>
      deploymentOf(
        { resources: { limits: { 'nvidia.com/gpu': 2 } } },
        {},
        { ...stated(keys), spec: { strategy: { rollingUpdate } } },
      );

    test('a cold start that nobody stated is assumed', () => {
      expect(last(deployment(stated({ 'cold-start': undefined })))[0]).toMatch(
        / with a cold start of 600 s \(assumed\)$/,
      );
      expect(last(deployment())[0]).toMatch(/ with a cold start of 60 s$/);
    });

    test('accelerators', () => {
      const [rollout] = last(gpus({ maxSurge: 0, maxUnavailable: 1 }));
      expect(rollout).toContain(
        '3 replicas, 0 more and 1 fewer at once, never below 2 ready, at most 6 accelerators; about ',
      );
    });

    test('a rollout that can take no step never ends', () => {
      const [rollout] = last(gpus({ maxSurge: 1, maxUnavailable: 0 }));
      expect(rollout).toContain('; it never ends: a new pod needs 2 accelerators, none is spare');
      expect(rollout).not.toContain('Infinity');
    });

    test('the fewest replicas of an autoscaler', () => {
      expect(last(deployment(), autoscaler({ spec: { minReplicas: 5 } }))[0]).toContain('rollout: 5 replicas,');
    });

    test('no PodDisruptionBudget', () => {
      expect(last(deployment())[1]).toBe('  evictions: no PodDisruptionBudget');
    });
  });
});
