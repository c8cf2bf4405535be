import { countAt, textAt } from '../manifest/json';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const statefulSetPartitionHoldsUpdate: WorkloadRule = {
  id: 'stateful-set-partition-holds-update',
  title: 'a partition keeps every pod of the StatefulSet at the old version',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'Pods below the partition are never updated, not even when they are deleted. With a partition of as many as there are pods a rollout is ' +
    'reported as done in the same second, and the old version, with the way it loses requests, goes on serving all of them.',
  remedy: 'Lower the partition to 0 when the trial is over.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions'],
  judge({ workload }) {
    if (workload.ref.kind !== 'StatefulSet') return notApplicable('it is no StatefulSet');
    const strategy = workload.spec('updateStrategy');
    if (textAt(strategy, 'type') === 'OnDelete') return notApplicable('its pods are updated when they are deleted');
    const partition = countAt(strategy, 'rollingUpdate', 'partition') ?? 0;
    if (partition === 0) return pass('there is no partition');
    const replicas = workload.mostReplicas;
    const sum = `replicas ${replicas} - partition ${partition} = ${Math.max(0, replicas - partition)} pods that are updated`;
    if (partition < replicas) return pass(sum);
    return violation({
      message: `partition ${partition} with ${replicas} replicas: no pod ever gets the new version`,
      arithmetic: sum,
      fix: 'set spec.updateStrategy.rollingUpdate.partition to 0, or to fewer than the replicas for a trial',
      field: 'spec.updateStrategy.rollingUpdate.partition',
    });
  },
};
