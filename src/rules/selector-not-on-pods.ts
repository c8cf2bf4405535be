import { objectAt } from '../manifest/json';
import { selects } from '../manifest/selector';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

const WITH_SELECTOR: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

export const selectorNotOnPods: WorkloadRule = {
  id: 'selector-not-on-pods',
  title: "the workload's selector does not match the labels of its own pods",
  severity: 'error',
  judges: 'workload',
  hazard:
    'The API server refuses the object, so an update never arrives and the old version stays: what was meant to be drained and ' +
    'replaced is not, and a first rollout starts 0 pods.',
  remedy: 'Copy spec.selector.matchLabels into the labels of the pod template.',
  sources: [
    'kubernetes/kubernetes pkg/apis/apps/validation/validation.go v1.36.2: "`selector` does not match template `labels`"',
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  ],
  judge({ workload }) {
    const { ref, pod } = workload;
    if (ref.apiVersion !== 'apps/v1' || !WITH_SELECTOR.has(ref.kind))
      return notApplicable('the kind needs no selector');
    const selector = objectAt(workload.source.json, 'spec', 'selector');
    if (!selector) return notApplicable('there is no selector: this may be a patch');
    if (selects(selector, pod.labels)) return pass('the selector matches the labels of the pod template');
    const labels = Object.entries(pod.labels).map(([key, value]) => `${key}=${value}`);
    return violation({
      message: `spec.selector does not match the pod template, whose labels are ${labels.length > 0 ? labels.join(', ') : 'none'}: the API server refuses the object`,
      fix: 'copy spec.selector.matchLabels into spec.template.metadata.labels',
      field: 'spec.selector',
    });
  },
};
