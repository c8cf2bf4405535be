import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const ACTUATION =
  'kubernetes/autoscaler cluster-autoscaler/core/scaledown/actuation/drain.go and config/flags/flags.go@370bdbee (1.35)';

export const clusterAutoscaler: NodeLifecycleFacts = {
  id: 'cluster-autoscaler',
  title: 'Cluster Autoscaler',
  noticeSeconds: read(600, `${ACTUATION}: --max-graceful-termination-sec, default 600`),
  notes: [
    read('A longer grace period is cut to --max-graceful-termination-sec in the eviction itself.', ACTUATION),
    read('An eviction that a pod disruption budget holds up is tried for 2 min, then the node stays.', ACTUATION),
  ],
};
