import { type Case, type RuleCases, withCompanions } from './case';
import { type Changes, container, deployment, merged } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });

function within(deadline: number | undefined, spec: Changes = {}, coldStart: string | undefined = '60s') {
  return merged(deployment({ metadata: { annotations: { 'cdk8s-graceful/cold-start': coldStart } } }), {
    spec: { progressDeadlineSeconds: deadline, ...spec },
  });
}

const template = (changes: Changes) => ({ template: { spec: { containers: [container(changes)] } } });
const unstated = (deadline: number, spec: Changes) =>
  merged(within(deadline, spec), { metadata: { annotations: { 'cdk8s-graceful/cold-start': undefined } } });
const oneByOne = { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }, minReadySeconds: 10 };
const GPU = { resources: { limits: { 'nvidia.com/gpu': 1 } } };

export const cases: RuleCases = {
  rule: 'progress-deadline-too-short',
  violation: [
    withCompanions(
      'as long as the cold start',
      within(60),
      'progressDeadlineSeconds is 60 s, one step of a rollout takes 60 s',
      'cold start 60 s = 60 s',
      'raise progressDeadlineSeconds to 61 or more',
    ),
    withCompanions(
      'the drain of the old pod comes first',
      within(115, oneByOne),
      'termination of an old pod 45 s + cold start 60 s + minReadySeconds 10 s = 115 s',
      'to 116 or more',
    ),
    withCompanions(
      'a model that loads longer than the default',
      within(undefined, {}, '600s'),
      'progressDeadlineSeconds is 600 s',
    ),
    warning(
      withCompanions(
        'a startup probe that allows more',
        unstated(600, template({ startupProbe: { periodSeconds: 10, failureThreshold: 60 } })),
        'the startup probe lets one step of a rollout take 600 s',
        'startup probe 600 s = 600 s',
      ),
    ),
  ],
  pass: [
    withCompanions('one second more', within(61), 'cold start 60 s = 60 s, deadline 61 s'),
    withCompanions('with the drain', within(116, oneByOne), '= 115 s, deadline 116 s'),
    withCompanions(
      'a startup probe that was sized from the assumed cold start',
      unstated(601, template({ startupProbe: { periodSeconds: 7, failureThreshold: 86 } })),
      'startup probe 600 s = 600 s, deadline 601 s',
    ),
    withCompanions('a startup probe', unstated(600, {}), 'startup probe 60 s = 60 s'),
  ],
  notApplicable: [
    withCompanions('nothing known of the start', unstated(600, template({ startupProbe: undefined })), 'not stated'),
    withCompanions('no replicas', within(1, { replicas: 0 }), 'no replicas'),
  ],
  cannotJudge: [
    withCompanions(
      'nothing known of how a model starts',
      unstated(600, template({ startupProbe: undefined, ...GPU })),
      'the progress deadline is 600 s',
    ),
  ],
};
