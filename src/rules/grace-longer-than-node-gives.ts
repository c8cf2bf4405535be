import type { Assessment } from '../manifest/assessment';
import { acknowledgementKey } from '../manifest/intent';
import type { NodeView } from '../manifest/traffic-view';
import { nodeLifecycle } from '../nodes';
import type { TermId } from '../termination/budget';
import { secondsText } from '../termination/seconds';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { howToState } from './stated-option';
import { shownBy } from './workload-words';

const ID = 'grace-longer-than-node-gives';

export const graceLongerThanNodeGives: WorkloadRule = {
  id: ID,
  title: 'the shutdown takes longer than the node gives',
  severity: 'error',
  judges: 'workload',
  settledBy: ['nodeLifecycles', 'longestRequestSeconds'],
  hazard:
    'A spot node is gone, and an autoscaler cuts the grace period, whatever terminationGracePeriodSeconds says: requests that ' +
    'would end after those seconds are cut each time a node goes that way.',
  remedy:
    'Cap the longest request at what the node leaves for it, use nodes that wait, or accept the truncation in so many words.',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html',
    'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/spot-vms',
    'https://learn.microsoft.com/azure/virtual-machines/linux/scheduled-events',
    'kubernetes/autoscaler cluster-autoscaler/config/flags/flags.go (--max-graceful-termination-sec, 600 s by default)',
  ],
  judge(assessment) {
    const verdicts: Verdict[] = [];
    for (const node of assessment.nodes) {
      if (node.noticeSeconds !== undefined) verdicts.push(judgeNode(assessment, node, node.noticeSeconds));
      else if (!nodeLifecycle(node.id)) {
        verdicts.push(
          cannotJudge(
            `how much time node lifecycle '${node.id}' gives is not known`,
            `state it in ${howToState('nodeLifecycles')} as ${node.id}=120s`,
          ),
        );
      }
    }
    if (verdicts.length > 0) return verdicts;
    return notApplicable(`no limit of its own: ${assessment.nodes.map((node) => node.title).join(', ')}`);
  },
};

function judgeNode(assessment: Assessment, node: NodeView, notice: number): Verdict {
  const { budget, workload } = assessment;
  const grace = workload.pod.graceSeconds;
  const needs = budget?.requiredGraceSeconds ?? grace;
  const gives = `${node.possible ? 'the pods may run on a ' : ''}${node.title}${node.possible ? ', which' : ''} gives ${secondsText(notice)}`;
  if (needs <= notice) {
    const unused = grace > notice ? `; of the grace of ${grace} s only the part that nothing needs is cut` : '';
    return pass(`${gives}, the shutdown needs ${needs} s${unused}`);
  }
  const what = budget ? `the shutdown needs ${needs} s` : `terminationGracePeriodSeconds is ${grace} s`;
  return violation({
    message: `${gives}, ${what} (${secondsText(needs - notice)} short)`,
    arithmetic: `${budget?.sum ?? `grace ${grace} s`}; ${node.title} ${secondsText(notice)}${shownBy(node)}`,
    fix: `${shorten(assessment, notice, needs)}, or accept the cut with the annotation ${acknowledgementKey(ID)} and a reason`,
    field: workload.podField('spec.terminationGracePeriodSeconds'),
    // Inferred, it may be one of several lifecycles; and without a longest request the grace may be more than anything needs.
    severity: node.possible || (node.knownBy !== undefined && !budget) ? 'warning' : undefined,
  });
}

const REQUEST_TERMS: ReadonlySet<TermId> = new Set<TermId>(['wait-until-idle', 'hold', 'drain']);

function shorten({ budget, longestRequestSeconds: longest }: Assessment, notice: number, needs: number): string {
  if (!budget || longest === undefined) {
    return `lower terminationGracePeriod to ${Math.floor(notice)} s and state the longest request with ${howToState('longestRequestSeconds')}`;
  }
  const rest = needs - longest;
  const counts = budget.terms.some((term) => REQUEST_TERMS.has(term.id));
  return counts && rest < notice
    ? `cap longestRequest at ${Math.floor(notice - rest)} s (${secondsText(notice)} - ${secondsText(rest)} for the rest)`
    : `use nodes that give ${needs} s or more`;
}
