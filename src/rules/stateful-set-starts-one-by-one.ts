import { textAt } from '../manifest/json';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const statefulSetStartsOneByOne: WorkloadRule = {
  id: 'stateful-set-starts-one-by-one',
  title: 'the pods of a StatefulSet start one after the other, and each start is slow',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'With podManagementPolicy OrderedReady each pod waits until the one before it is ready. After the loss of a zone or a scale-up the last ' +
    'one serves only after the cold starts of all, and one pod that never gets ready keeps all later ones away for ever.',
  remedy:
    'Set podManagementPolicy: Parallel where the members do not depend on the order; rolling updates stay one by one.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies',
    'kubernetes/kubernetes#67250 (OrderedReady with a broken pod needs it to be deleted by hand)',
  ],
  judge({ workload, servesModel, coldStartSeconds, intent }) {
    if (workload.ref.kind !== 'StatefulSet') return notApplicable('it is no StatefulSet');
    if (textAt(workload.spec('podManagementPolicy')) === 'Parallel') return pass('its pods start at the same time');
    const replicas = workload.leastReplicas;
    if (replicas < 2) return notApplicable('there is no second pod to wait for the first');
    if (!servesModel && intent.coldStartSeconds === undefined) {
      return notApplicable('how long a start takes is not stated, and the members may need their order');
    }
    const all = replicas * coldStartSeconds;
    return violation({
      message: `the last of ${replicas} pods serves ${all} s after all of them were lost: each waits for the one before it`,
      arithmetic: `${replicas} pods x cold start ${coldStartSeconds} s${intent.coldStartSeconds === undefined ? ' (assumed)' : ''} = ${all} s; with Parallel ${coldStartSeconds} s`,
      fix: 'set spec.podManagementPolicy to Parallel (on a new StatefulSet: the field cannot be changed), or acknowledge that the order is needed',
      field: 'spec.podManagementPolicy',
    });
  },
};
