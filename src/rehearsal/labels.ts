import { randomBytes } from 'node:crypto';

/** Everything that a rehearsal makes carries these two labels, and is removed by them. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
export const MANAGED_BY = 'cdk8s-graceful-rehearsal';
export const RUN_LABEL = 'cdk8s-graceful-rehearsal/run';

/** On what the rehearsal needs for itself: `journal` or `load`. */
export const PART_LABEL = 'cdk8s-graceful-rehearsal/part';

export function newRun(): string {
  return randomBytes(4).toString('hex');
}

export function labelsOf(run: string, part?: string): Record<string, string> {
  return { [MANAGED_BY_LABEL]: MANAGED_BY, [RUN_LABEL]: run, ...(part === undefined ? {} : { [PART_LABEL]: part }) };
}
