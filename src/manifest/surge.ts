import type { Assessment } from './assessment';

/**
 * Whether a rollout adds a new pod before any old one may go. Whatever an old and a new pod cannot have at the same time
 * then hangs it.
 */
export function surgesFirst({ workload, replacement }: Assessment): boolean {
  if (workload.ref.kind !== 'Deployment' || replacement.strategy === 'Recreate' || workload.mostReplicas === 0)
    return false;
  return replacement.at(Math.max(1, workload.leastReplicas)).unavailable === 0;
}

/** As in `maxSurge 25% of 3 is 1, maxUnavailable 25% of 3 is 0`. */
export function surgeText({ workload, replacement }: Assessment): string {
  const replicas = Math.max(1, workload.leastReplicas);
  const { surge, unavailable } = replacement.at(replicas);
  const { maxSurge, maxUnavailable } = replacement;
  return `maxSurge ${maxSurge} of ${replicas} is ${surge}, maxUnavailable ${maxUnavailable} is ${unavailable}`;
}
