import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const NOTICES = 'docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html';

export const awsSpot: NodeLifecycleFacts = {
  id: 'aws-spot',
  title: 'AWS Spot Instance',
  noticeSeconds: read(
    100,
    `${NOTICES}: 120 s; aws/aws-node-termination-handler@62a8761 looks every 2 s and AWS advises 5 s; less the eviction, a cautious 100 s are left`,
  ),
  notes: [
    read('The notice is given on a best effort basis, and not at all with hibernation.', NOTICES),
    read(
      'A pod disruption budget that delays the eviction takes the delay from the notice.',
      'kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go 1.36.2; aws/aws-node-termination-handler@62a8761 README.md',
    ),
  ],
};
