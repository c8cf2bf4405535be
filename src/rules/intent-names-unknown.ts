import type { Assessment } from '../manifest/assessment';
import { containerToolsKey, drainKey, intentKey } from '../manifest/intent';
import { nodeLifecycle, nodeLifecycles } from '../nodes';
import { runtime, runtimes } from '../runtimes';
import { trafficSource, trafficSources } from '../traffic';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

/** A server that the team describes itself, by what it does on SIGTERM. */
const CUSTOM = 'custom';

export const intentNamesUnknown: WorkloadRule = {
  id: 'intent-names-unknown',
  title: 'a stated fact names something that nobody knows',
  severity: 'error',
  judges: 'workload',
  hazard:
    'A misspelt traffic source counts with a propagation of 0 s, a misspelt node with no limit, a misspelt container with no drain: ' +
    'the sum is too short by just those seconds, and passes as safe.',
  remedy: 'Correct the name, or state the number that belongs to it.',
  sources: ['https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/annotations.md'],
  judge(assessment) {
    const { intent, workload, server } = assessment;
    const verdicts: Verdict[] = [];
    let names = 0;
    if (intent.runtime !== undefined) {
      names++;
      if (intent.runtime !== CUSTOM && !runtime(intent.runtime)) {
        verdicts.push(
          unknown(
            intentKey('runtime'),
            `runtime '${intent.runtime}' is not known`,
            `use one of ${RUNTIMES}, or ${CUSTOM} and what it does on SIGTERM`,
          ),
        );
      }
    }
    for (const { id, propagationSeconds } of intent.trafficSources ?? []) {
      names++;
      if (propagationSeconds === undefined && !trafficSource(id)) {
        verdicts.push(
          unknown(
            intentKey('trafficSources'),
            `traffic source '${id}' is not known and has no propagation, so it counts as 0 s`,
            `use one of ${SOURCES}, or state its propagation as in ${id}=30s`,
          ),
        );
      }
    }
    for (const { id, noticeSeconds } of intent.nodeLifecycles ?? []) {
      names++;
      if (noticeSeconds === undefined && !nodeLifecycle(id)) {
        verdicts.push(
          unknown(
            intentKey('nodeLifecycles'),
            `node lifecycle '${id}' is not known and gives no time, so it counts as without a limit`,
            `use one of ${NODES}, or state the time that it gives as in ${id}=120s`,
          ),
        );
      }
    }
    for (const name in intent.drainSeconds) {
      names++;
      if (name === server?.name) {
        verdicts.push(
          unknown(
            drainKey(name),
            `container '${name}' is the server, whose drain is as long as the longest request`,
            `state ${intentKey('longestRequestSeconds')} instead`,
            'warning',
          ),
        );
      } else if (!isContainer(assessment, name)) {
        const there = workload.pod.all.map((container) => container.name).join(', ');
        verdicts.push(
          unknown(
            drainKey(name),
            `the pod has no container '${name}', so its drain of ${intent.drainSeconds[name]} s counts as 0 s`,
            `use one of ${there}`,
          ),
        );
      }
    }
    for (const name in intent.containerTools) {
      names++;
      if (isContainer(assessment, name)) continue;
      verdicts.push(
        unknown(
          containerToolsKey(name),
          `the pod has no container '${name}', so nothing is known of the programs in its image`,
          `use one of ${workload.pod.all.map((container) => container.name).join(', ')}`,
        ),
      );
    }
    if (verdicts.length > 0) return verdicts;
    return names > 0 ? pass('every name in the annotations is known') : notApplicable('no annotation names anything');
  },
};

const RUNTIMES = runtimes.map(({ id }) => id).join(', ');
const SOURCES = trafficSources.map(({ id }) => id).join(', ');
const NODES = nodeLifecycles.map(({ id }) => id).join(', ');

function isContainer(assessment: Assessment, name: string): boolean {
  return assessment.workload.pod.all.some((container) => container.name === name);
}

function unknown(key: string, message: string, fix: string, severity?: 'warning'): Verdict {
  return violation({
    message: `annotation ${key}: ${message}`,
    fix,
    field: `metadata.annotations['${key}']`,
    severity,
  });
}
