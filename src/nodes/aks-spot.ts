import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const SCHEDULED_EVENTS = 'learn.microsoft.com Azure Virtual Machines, Scheduled Events: Preempt';
const AKS_DOCS = 'MicrosoftDocs/azure-aks-docs@fb060abe6';

export const aksSpot: NodeLifecycleFacts = {
  id: 'aks-spot',
  title: 'AKS Spot node',
  noticeSeconds: read(
    20,
    `${SCHEDULED_EVENTS}: at least 30 s; less the detection and the drain, a cautious 20 s are left`,
  ),
  notes: [
    read('The drain on a scheduled event is made on a best effort basis.', `${AKS_DOCS} node-auto-drain.md`),
    read('An upgrade of a Spot node pool does not drain its nodes.', `${AKS_DOCS} spot-node-pool.md`),
  ],
};
