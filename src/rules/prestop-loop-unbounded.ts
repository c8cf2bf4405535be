import type { Container } from '../manifest/container';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const prestopLoopUnbounded: WorkloadRule = {
  id: 'prestop-loop-unbounded',
  title: 'preStop waits in a loop without a deadline of its own',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'If what the loop waits for never comes (a metric that is renamed, a port that is closed, an empty answer), it goes on until the grace ' +
    'is over: every pod takes its whole grace to go, and SIGTERM comes 2 s before SIGKILL, which cuts whatever is still in flight.',
  remedy: 'Give the loop a deadline before the end of the grace, and curl a --max-time.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go v1.36.2, executePreStopHook: nothing but the grace bounds a hook',
    'vllm-project/aibrix samples (while true; do curl ... done), volcano-sh/kthena examples (the same with --max-time)',
  ],
  judge({ workload }) {
    const verdicts: Verdict[] = [];
    for (const container of workload.pod.all) {
      if (container.preStop?.command)
        verdicts.push(judgeHook(container, container.preStop.command, workload.pod.graceSeconds));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no preStop hook runs a command');
  },
};

const LOOP = /(^|[\s;|&({])(while|until)\s/;
const FETCH_WITHOUT_LIMIT = /\bcurl\b(?![^\n;|&)]*(--max-time|\s-\w*m[\s\d]))/;

function judgeHook(container: Container, command: readonly string[], grace: number): Verdict {
  const { preStop: hook } = container;
  if (hook?.longestSeconds !== undefined || hook?.waitUntilIdleSeconds !== undefined)
    return pass(`preStop of ${container.name} ends by itself`);
  const script = command.find((word) => LOOP.test(word));
  if (script === undefined) return notApplicable('preStop has no loop; see prestop-consumes-grace');
  if (/\btimeout\b\s+\S*\d/.test(command.join(' '))) return pass(`timeout ends the loop of ${container.name}`);
  const fetches = FETCH_WITHOUT_LIMIT.test(script) ? ', and its curl has no --max-time' : '';
  return violation({
    message: `preStop loops until its condition holds, without a deadline${fetches}: it may take the whole grace of ${grace} s`,
    arithmetic: `the loop may take ${grace} s - grace ${grace} s = 0 s left, then SIGKILL 2 s after SIGTERM`,
    fix: `let the loop end by itself some seconds before ${grace} s, and answer an empty result by going on, not by waiting`,
    container: container.name,
    field: 'lifecycle.preStop.exec.command',
  });
}
