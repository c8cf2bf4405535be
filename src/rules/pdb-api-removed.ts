import { formatKubernetesVersion } from '../kubernetes/version';
import { readIntent } from '../manifest/intent';
import { type DisruptionBudgetRule, notApplicable, pass, violation } from './rule';

export const pdbApiRemoved: DisruptionBudgetRule = {
  id: 'pdb-api-removed',
  title: 'policy/v1beta1 is gone, and the PodDisruptionBudget with it',
  severity: 'error',
  judges: 'disruption-budget',
  hazard:
    'From 1.25 on the API server knows no policy/v1beta1: the budget is not created, a node drain may evict all pods at once, and no ' +
    'request is served until the first new pod is ready.',
  remedy: 'Write policy/v1. There an empty selector selects every pod of the namespace; in v1beta1 it selected none.',
  sources: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/#poddisruptionbudget-v125'],
  since: '1.25',
  judge({ ref, annotations }) {
    if (ref.apiVersion !== 'policy/v1beta1') return pass(`its version is ${ref.apiVersion}`);
    const version = readIntent(annotations).intent.kubernetesVersion;
    if (version && version.minor < 25)
      return notApplicable(`Kubernetes ${formatKubernetesVersion(version)} still has it`);
    return violation({
      message: 'apiVersion policy/v1beta1 was removed in Kubernetes 1.25: there is no budget',
      fix: 'write apiVersion: policy/v1',
      field: 'apiVersion',
    });
  },
};
