import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const pdbOverlap: WorkloadRule = {
  id: 'pdb-overlap',
  title: 'Two PodDisruptionBudgets select the same pod',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The eviction API answers HTTP 500 for a pod with more than one budget, whatever they allow: node drains retry for ' +
    'ever, and what forces them in the end takes the pods away without any budget.',
  remedy: 'Keep one budget for each pod: remove the others, or narrow their selectors.',
  sources: [
    'kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go v1.36.2: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."',
  ],
  judge({ workload }) {
    const names = workload.disruptionBudgets.map((budget) => budget.ref.name);
    if (names.length === 0) return notApplicable('no PodDisruptionBudget selects the pods');
    if (names.length === 1) return pass(`only ${names[0]} selects the pods`);
    return violation({
      message: `${names.length} PodDisruptionBudgets select the pods (${names.join(', ')}): every eviction fails with HTTP 500`,
      fix: `keep one of ${names.join(', ')}, or narrow the selectors of the others`,
      field: workload.podField('metadata.labels'),
    });
  },
};
