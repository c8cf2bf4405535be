import { read } from '../fact';
import type { NodeLifecycleFacts } from './node';

const UPDATE = 'docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html';
const DELETE = 'docs.aws.amazon.com/eks/latest/userguide/delete-managed-node-group.html';

export const eksManagedNodeGroup: NodeLifecycleFacts = {
  id: 'eks-managed-node-group',
  title: 'EKS managed node group',
  noticeSeconds: read(
    300,
    `${DELETE}: 5 min when the group is deleted; ${UPDATE}: 15 min in an update; the cautious value is taken`,
    '2026-11',
  ),
  notes: [
    read(
      'An update that has not drained a node after 15 min fails with PodEvictionFailure, or goes on with --force.',
      UPDATE,
      '2026-11',
    ),
    read(
      'When Auto Scaling takes a node away (fewer nodes, another zone), pod disruption budgets count no longer than the time above.',
      UPDATE,
    ),
    read(
      'AL2023 nodes from 1.34 on shut down with 150 s, of which 30 s are for critical pods: state the kubelet graceful shutdown of 120 s too.',
      'awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go@81fec2e8',
    ),
  ],
};
