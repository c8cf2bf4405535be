import { only, type RuleCases, withCompanions } from './case';
import { autoscaler, type Changes, container, deployment, merged } from './manifests';

const scaleDown = (changes: Changes) => autoscaler({ spec: { behavior: { scaleDown: changes } } });
const draining = (request: string, grace: number) =>
  merged(deployment(), {
    metadata: { annotations: { 'cdk8s-graceful/longest-request': request } },
    spec: { template: { spec: { terminationGracePeriodSeconds: grace } } },
  });

const ONE = { type: 'Pods', value: 1, periodSeconds: 60 };
const HALF = { type: 'Percent', value: 50, periodSeconds: 15 };
const policy = (value: number, periodSeconds: number, type = 'Pods') =>
  scaleDown({ policies: [{ type, value, periodSeconds }] });
const GPU = {
  spec: { template: { spec: { containers: [container({ resources: { limits: { 'nvidia.com/gpu': 1 } } })] } } },
};
const engine = merged(deployment(), GPU);

export const cases: RuleCases = {
  rule: 'autoscaler-scales-down-faster-than-drain',
  violation: [
    only(
      'one second shorter than the drain',
      [deployment(), scaleDown({ stabilizationWindowSeconds: 44, policies: undefined })],
      'HorizontalPodAutoscaler orders deletes pods after 44 s of lower load, and they take up to 45 s to drain (1 s short)',
      'termination up to 45 s, in which up to 7 of 10 pods may go',
      'stabilizationWindowSeconds to 45 or more',
    ),
    only('no window', [deployment(), scaleDown({ stabilizationWindowSeconds: 0 })], 'after 0 s of lower load'),
    only(
      'the default, and a long drain',
      [draining('10m', 615), autoscaler({ spec: { behavior: undefined } })],
      '300 s (the default)',
    ),
    only(
      'longer than a window may be',
      [draining('2h', 7215), autoscaler()],
      'stabilizationWindowSeconds to 3600 or more',
    ),
    only(
      'engines, and no policy',
      [engine, autoscaler({ spec: { behavior: undefined } })],
      'may delete 7 pods within the 45 s of one termination, more than the headroom of 1',
      'type Pods, value 1, periodSeconds 45',
    ),
    only('engines, one policy too short by a second', [engine, policy(1, 44)], 'may delete 2 pods within the 45 s'),
    only('engines, a percentage', [engine, policy(20, 60, 'Percent')], 'may delete 2 pods'),
    only(
      'engines, the wider of two policies',
      [engine, scaleDown({ policies: [ONE, { type: 'Pods', value: 3, periodSeconds: 60 }] })],
      'may delete 3 pods',
    ),
  ],
  pass: [
    only(
      'as long as the drain',
      [deployment(), scaleDown({ stabilizationWindowSeconds: 45 })],
      'termination up to 45 s',
    ),
    only('the default', [deployment(), autoscaler({ spec: { behavior: undefined } })], '300 s (the default)'),
    only(
      'never down',
      [deployment(), scaleDown({ stabilizationWindowSeconds: 0, selectPolicy: 'Disabled' })],
      'never scales down',
    ),
    only('engines, one at a time', [engine, policy(1, 45)], 'up to 1 of 10 pods'),
    only(
      'engines, the narrower of two policies',
      [engine, scaleDown({ policies: [ONE, HALF], selectPolicy: 'Min' })],
      'up to 1 of 10',
    ),
    only(
      'the longest period',
      [
        merged(draining('2h', 7215), GPU),
        scaleDown({ stabilizationWindowSeconds: 3600, policies: [{ ...ONE, periodSeconds: 1800 }] }),
      ],
      'up to 1 of 10',
    ),
    only(
      'policies that nobody can read',
      [engine, scaleDown({ policies: [{ type: 1, value: 'all' }] })],
      'up to 0 of 10',
    ),
    only('the longest window', [draining('2h', 7215), scaleDown({ stabilizationWindowSeconds: 3600 })], '3600 s'),
  ],
  notApplicable: [
    withCompanions('no autoscaler', deployment(), 'no autoscaler'),
    only('nothing to scale', [deployment(), autoscaler({ spec: { maxReplicas: 3 } })], 'minReplicas is maxReplicas'),
  ],
};
