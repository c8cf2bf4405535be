import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, merged } from './manifests';

const sleeping = (seconds: number, changes: Changes = {}) =>
  deploymentOf({
    lifecycle: { preStop: { sleep: { seconds } } },
    livenessProbe: { terminationGracePeriodSeconds: undefined },
    ...changes,
  });
const hook = (grace: number) =>
  merged(sleeping(0, { lifecycle: { preStop: { sleep: undefined, exec: { command: ['nodetool', 'drain'] } } } }), {
    spec: { template: { spec: { terminationGracePeriodSeconds: grace } } },
  });

const resting = (grace: number) =>
  merged(sleeping(0, { lifecycle: undefined }), {
    spec: { template: { spec: { terminationGracePeriodSeconds: grace } } },
  });

export const cases: RuleCases = {
  rule: 'liveness-without-own-grace',
  violation: [
    withCompanions(
      'a preStop of 10 s',
      sleeping(10),
      'a hung container is not restarted for 10 s, the length of its preStop hook',
      'the grace of the pod, 45 s, counts',
    ),
    withCompanions('a hook of unknown length', hook(1800), 'for up to 1800 s, since'),
    withCompanions('a long grace', resting(120), 'for up to 120 s if it does not react to SIGTERM'),
  ],
  pass: [
    withCompanions('a grace of its own', deployment(), 'takes at most 20 s'),
    withCompanions('a preStop of 9 s', sleeping(9), 'delays a restart by 9 s'),
    withCompanions('no hook, and less than two minutes', resting(119), 'ends it after 119 s'),
    withCompanions('a grace that is negative', resting(-5), 'ends it after 0 s'),
    withCompanions('a hook of unknown length, and the default grace', hook(30), 'delays a restart by 0 s'),
  ],
  notApplicable: [
    withCompanions('no liveness probe', deploymentOf({ livenessProbe: undefined }), 'there is no liveness probe'),
    withCompanions(
      'a version without it',
      merged(sleeping(10), { metadata: { annotations: { 'cdk8s-graceful/kubernetes-version': '1.24' } } }),
      'this version has no grace period of its own',
    ),
  ],
};
