import type { Workload } from '../manifest/fleet';
import { INTENT_PREFIX, intentKeys } from '../manifest/intent';
import { type JsonObject, objectAt } from '../manifest/json';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const intentUnreadable: WorkloadRule = {
  id: 'intent-unreadable',
  title: 'a stated fact cannot be read',
  severity: 'error',
  judges: 'workload',
  hazard:
    'What was meant by the annotation is not taken into account: the sum is that of a workload with defaults, and a drain that is ' +
    'short by minutes can pass as safe.',
  remedy: 'Correct the key or the value of the annotation, or remove it.',
  sources: ['https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/annotations.md'],
  judge(assessment) {
    const { workload } = assessment;
    const annotations = objectAt(workload.source.json, 'metadata', 'annotations');
    const verdicts: Verdict[] = [];
    for (const { key, reason } of workload.intentProblems) verdicts.push(problem(key, reason, 'metadata'));
    for (const key in annotations) {
      // Such a value never reaches the reader of annotations; the API server would refuse it.
      if (key.startsWith(INTENT_PREFIX) && typeof annotations[key] !== 'string') {
        verdicts.push(problem(key, 'its value is no text: put it in quotes', 'metadata'));
      }
    }
    for (const key in misplaced(workload)) {
      if (key.startsWith(INTENT_PREFIX)) {
        verdicts.push(
          problem(
            key,
            'it stands on the pod template, where nobody reads it: move it to the workload',
            workload.podField('metadata'),
          ),
        );
      }
    }
    if (verdicts.length > 0) return verdicts;
    for (const key in annotations) {
      if (key.startsWith(INTENT_PREFIX)) return pass(`every annotation under ${INTENT_PREFIX} can be read`);
    }
    return notApplicable(`there is no annotation under ${INTENT_PREFIX}`);
  },
};

/** A pod that stands alone is its own template. */
function misplaced({ pod, source }: Workload): JsonObject | undefined {
  return pod.template === source.json ? undefined : objectAt(pod.template, 'metadata', 'annotations');
}

function problem(key: string, reason: string, metadata: string): Verdict {
  return violation({
    message: `annotation ${key} is not taken into account: ${reason}`,
    fix: `${meant(key)}correct the annotation or remove it`,
    field: `${metadata}.annotations['${key}']`,
  });
}

/** The known key with the longest beginning in common, if that is more than a letter or two. */
function meant(key: string): string {
  let best: string | undefined;
  let longest = INTENT_PREFIX.length + 2;
  for (const known of intentKeys) {
    if (known === key) return '';
    let common = 0;
    while (common < key.length && key[common] === known[common]) common++;
    if (common > longest) [best, longest] = [known, common];
  }
  return best ? `did you mean ${best}? ` : '';
}
