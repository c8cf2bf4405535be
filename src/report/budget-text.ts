import type { Assessment } from '../manifest/assessment';
import { describeObject } from '../manifest/object-ref';
import { secondsText } from '../termination/seconds';

/** The termination of one workload as a table, with its rollout and evictions below. */
export function budgetText(assessment: Assessment): string {
  const { workload, budget } = assessment;
  const lines = [describeObject(workload.ref)];
  if (!budget) return `${lines[0]}\n  the longest request is not stated: nothing to compute`;
  const rows = budget.terms.map(({ label, seconds, reason }) => [label, secondsText(seconds), reason] as const);
  rows.push(['needed', secondsText(budget.requiredGraceSeconds), '']);
  const { slackSeconds } = budget;
  const slack = slackSeconds >= 0 ? `${secondsText(slackSeconds)} to spare` : `${secondsText(-slackSeconds)} short`;
  rows.push(['terminationGracePeriodSeconds', secondsText(budget.graceSeconds), slack]);
  lines.push(...table(rows));
  const several = workload.pod.all.length > 1;
  const events = budget.events.map(
    ({ second, event, container }) => `${secondsText(second)} ${event}${several && container ? ` (${container})` : ''}`,
  );
  lines.push(`  when: ${events.join(', ')}`);
  const keptAlive = keptAliveText(assessment);
  if (keptAlive) lines.push(`  ${keptAlive}`);
  lines.push(...replacementLines(assessment));
  return lines.join('\n');
}

/**
 * A Service moves no established connection: where preStop waits, a client that keeps one sends on it until SIGTERM. A
 * proxy that was told to drain closes them itself.
 */
export function keptAliveText({ idleAtSigterm, preStopSeconds, traffic, proxyDrains }: Assessment): string | undefined {
  if (proxyDrains || !idleAtSigterm || preStopSeconds === undefined || traffic.sources.length === 0) return undefined;
  return `kept-alive connections: a client that goes on sending on one until SIGTERM at ${secondsText(preStopSeconds)} loses what is in flight then`;
}

function replacementLines({ replacement, workload, intent, coldStartSeconds }: Assessment): string[] {
  const replicas = workload.leastReplicas;
  const rollout = replacement.rollout();
  const { surge, unavailable } = replacement.at(replicas);
  const assumed = intent.coldStartSeconds === undefined ? ' (assumed)' : '';
  const { canProgress, estimateSeconds, why } = rollout;
  const takes = canProgress
    ? `about ${secondsText(estimateSeconds)} with a cold start of ${coldStartSeconds} s${assumed}`
    : `it never ends: ${why}`;
  const accelerators = rollout.peakAccelerators > 0 ? `, at most ${rollout.peakAccelerators} accelerators` : '';
  return [
    `  rollout: ${replicas} replicas, ${surge} more and ${unavailable} fewer at once, never below ${rollout.lowestReady} ready${accelerators}; ${takes}`,
    workload.disruptionBudgets.length === 0
      ? '  evictions: no PodDisruptionBudget'
      : `  evictions: ${replacement.evictions()} at once, ${replacement.headroom().sum}`,
  ];
}

function table(rows: readonly (readonly [string, string, string])[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  const digits = Math.max(...rows.map(([, seconds]) => seconds.length));
  return rows.map(([label, seconds, reason]) =>
    `  ${label.padEnd(width)}  ${seconds.padStart(digits)}  ${reason}`.trimEnd(),
  );
}
