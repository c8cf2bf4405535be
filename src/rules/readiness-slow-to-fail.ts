import type { Container } from '../manifest/container';
import { type Probe, secondsToFail, secondsToFailText } from '../manifest/probe';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

/** Two minutes of failed requests are more than any blip that the thresholds should ride out. */
const LONG_SECONDS = 120;
/** What the fix proposes. */
const GOOD_SECONDS = 30;

export const readinessSlowToFail: WorkloadRule = {
  id: 'readiness-slow-to-fail',
  title: 'readiness takes more than two minutes to take a broken pod out of the traffic',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'A server that hangs, or whose node is shut down without the pod being deleted, goes on getting its share of the requests until the ' +
    'probe has failed often enough: with period x failureThreshold in minutes, all of them fail for minutes.',
  remedy:
    'Let readiness fail within some ten seconds; give slow starts a startup probe instead of a patient readiness probe.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe',
    'kubernetes/kubernetes#116965 (a graceful node shutdown leaves the pod ready until its probe fails)',
  ],
  judge({ workload, mayServe }) {
    let slow: Container | undefined;
    let fast: Probe | undefined;
    // The pod is in the traffic while all of its containers are ready.
    for (const container of workload.pod.all) {
      const { readiness } = container;
      if (!readiness) continue;
      if (secondsToFail(readiness) > LONG_SECONDS) slow ??= container;
      else fast ??= readiness;
    }
    if (!slow?.readiness) {
      return fast
        ? pass(`readiness fails after ${secondsToFailText(fast)}`)
        : notApplicable('there is no readiness probe');
    }
    if (!mayServe) return notApplicable('nothing sends requests to the pod');
    const { readiness } = slow;
    const threshold = Math.max(1, Math.floor((GOOD_SECONDS - readiness.timeoutSeconds) / readiness.periodSeconds));
    const lower =
      readiness.periodSeconds >= GOOD_SECONDS
        ? 'periodSeconds to 10 and failureThreshold to 3'
        : `failureThreshold to ${threshold}`;
    return violation({
      message: `a server that no longer answers keeps its traffic for ${secondsToFail(readiness)} s: that long readiness takes to fail`,
      arithmetic: `readiness ${secondsToFailText(readiness)}`,
      fix: `lower ${lower}${slow.startup ? '' : ', and cover a slow start by a startup probe'}`,
      container: slow.name,
      field: 'readinessProbe',
    });
  },
};
