import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const SPOT_VMS = 'docs.cloud.google.com/kubernetes-engine/docs/concepts/spot-vms';

export const gkeSpot: NodeLifecycleFacts = {
  id: 'gke-spot',
  title: 'GKE Spot VM',
  noticeSeconds: read(15, `${SPOT_VMS}: of the 30 s after the notice the first 15 s are for ordinary pods`),
  notes: [
    read(
      'From 1.35.0-gke.1171000 on a node pool can be given up to 120 s in all; state the longer notice then.',
      SPOT_VMS,
    ),
    read(
      'An older page promises Spot Pods of Autopilot 25 s.',
      'cloud.google.com/kubernetes-engine/docs/how-to/autopilot-spot-pods',
    ),
  ],
};
