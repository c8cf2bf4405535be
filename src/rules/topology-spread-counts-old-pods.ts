import { objectAt, objectsAt, textAt, textsAt } from '../manifest/json';
import { selects } from '../manifest/selector';
import { surgesFirst, surgeText } from '../manifest/surge';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

/** kubernetes/enhancements KEP-3243: matchLabelKeys of a spread constraint is beta and on from here. */
const LEAST_MINOR = 27;

export const topologySpreadCountsOldPods: WorkloadRule = {
  id: 'topology-spread-counts-old-pods',
  title: 'a topology spread counts old and new pods of a rollout together',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'With whenUnsatisfiable: DoNotSchedule and no matchLabelKeys the pods of the old version count too. The only place that keeps the ' +
    'skew may be one without room for the new pod: it stays Pending while nothing may go, and when the old pods are gone the new ' +
    'ones stand unevenly, so that the loss of one zone takes more of them than planned.',
  remedy: 'Add matchLabelKeys: [pod-template-hash] to the constraint, so that each version is spread on its own.',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ (matchLabelKeys)',
    'kubernetes/enhancements keps/sig-scheduling/3243-respect-pod-topology-spread-after-rolling-upgrades: beta and on in 1.27',
  ],
  since: `1.${LEAST_MINOR}`,
  judge(assessment) {
    const { workload, kubernetesVersion } = assessment;
    const constraints = objectsAt(workload.pod.template, 'spec', 'topologySpreadConstraints');
    if (constraints.length === 0) return notApplicable('there is no topology spread constraint');
    if (workload.ref.kind !== 'Deployment') return notApplicable('its pods have no pod-template-hash');
    if ((kubernetesVersion?.minor ?? LEAST_MINOR) < LEAST_MINOR)
      return notApplicable('this version has no matchLabelKeys');
    const hard = constraints.find(
      (each) =>
        (textAt(each, 'whenUnsatisfiable') ?? 'DoNotSchedule') === 'DoNotSchedule' &&
        selects(objectAt(each, 'labelSelector'), workload.pod.labels) &&
        !textsAt(each, 'matchLabelKeys')?.includes('pod-template-hash'),
    );
    if (!hard) return pass('every required spread looks at one version of the pods only, or may be broken');
    if (!surgesFirst(assessment)) return pass('an old pod may go before the new one is placed');
    return violation({
      message: `the spread over ${textAt(hard, 'topologyKey') ?? '(no topologyKey)'} is required and counts the old pods too: a new pod may find no place while no old one may go`,
      arithmetic: surgeText(assessment),
      fix: 'add matchLabelKeys: [pod-template-hash] to the constraint, or set whenUnsatisfiable: ScheduleAnyway',
      field: workload.podField('spec.topologySpreadConstraints'),
    });
  },
};
