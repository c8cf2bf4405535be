import type { Assessment } from '../manifest/assessment';
import type { Container } from '../manifest/container';
import { effectsOf } from '../manifest/hooks/effects';
import { programsIn } from '../manifest/image-programs';
import { containerToolsKey, intentKey } from '../manifest/intent';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const commandNotInImage: WorkloadRule = {
  id: 'command-not-in-image',
  title: 'a hook or probe needs a program that the image does not have',
  severity: 'error',
  judges: 'workload',
  settledBy: ['imageTools'],
  hazard:
    'A preStop hook that cannot start fails with nothing but an event, and SIGTERM follows in the same second: all requests that its ' +
    'delay should have covered are refused. A failing postStart or liveness command restarts the container for ever.',
  remedy: 'Use what needs no program (the sleep action, httpGet), or an image that has it.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go v1.36.2, executePreStopHook (FailedPreStopHook)',
    'https://github.com/llm-d/llm-d-router/issues/2960; https://github.com/linkerd/linkerd2/issues/6723',
    'https://github.com/GoogleContainerTools/distroless#debug-images',
  ],
  judge(assessment) {
    const verdicts: Verdict[] = [];
    for (const container of assessment.workload.pod.all) {
      const needs = needsOf(container);
      if (needs.length > 0) verdicts.push(...judgeContainer(assessment, container, needs));
    }
    return verdicts.length > 0 ? verdicts : notApplicable('no hook and no probe runs a program of its image');
  },
};

/** One command of a container, and what happens when it cannot start. */
interface Need {
  readonly field: string;
  readonly tools: readonly string[];
  readonly command: readonly string[];
  readonly consequence: string;
  /** What would need no program. */
  readonly instead: string;
}

const PROBES = [
  ['readiness', 'readinessProbe', 'the container never becomes ready'],
  ['liveness', 'livenessProbe', 'the container is restarted for ever'],
  ['startup', 'startupProbe', 'the container is restarted for ever'],
] as const;

function needsOf(container: Container): readonly Need[] {
  const { preStop, postStart } = container;
  const needs: Need[] = [];
  if (preStop?.command) {
    needs.push({
      field: 'lifecycle.preStop',
      tools: preStop.tools,
      command: preStop.command,
      consequence: 'the hook fails and SIGTERM comes at once',
      instead: 'use lifecycle.preStop.sleep, which needs no program, or ',
    });
  }
  if (postStart?.command) {
    needs.push({
      field: 'lifecycle.postStart',
      tools: postStart.tools,
      command: postStart.command,
      consequence: 'the container is killed and restarted for ever',
      instead: '',
    });
  }
  for (const [name, field, consequence] of PROBES) {
    const command = container[name]?.command;
    if (command)
      needs.push({
        field,
        tools: effectsOf(command).tools,
        command,
        consequence,
        instead: 'use httpGet, which needs no program, or ',
      });
  }
  return needs;
}

function judgeContainer(assessment: Assessment, container: Container, needs: readonly Need[]): readonly Verdict[] {
  const { name, image } = container;
  const { intent, server } = assessment;
  const ofServer = server?.image.reference === image.reference ? intent.imageTools : undefined;
  const own = intent.containerTools?.[name];
  const programs = programsIn(image, own ?? ofServer, own && containerToolsKey(name));
  const found: Verdict[] = [];
  for (const { field, tools, command, consequence, instead } of needs) {
    const first = command[0] ?? '';
    if (/\s/.test(first)) {
      found.push(
        violation({
          message: `${field} runs a program of the name '${first}', blanks included, which no image has: ${consequence}`,
          fix: `write each word as an item of its own: [${first.trim().split(/\s+/).join(', ')}]`,
          container: name,
          field: `${field}.exec.command`,
        }),
      );
      continue;
    }
    const missing = programs ? tools.filter((tool) => programs.lacks(tool)) : [];
    if (missing.length === 0) continue;
    found.push(
      violation({
        message: `${field} needs ${missing.join(', ')}, which image ${image.reference} does not have (${programs?.knownBy}): ${consequence}`,
        fix: `${instead}use an image that has ${missing.join(', ')}`,
        container: name,
        field: `${field}.exec.command`,
      }),
    );
  }
  if (found.length > 0) return found;

  // Any other command that cannot start shows when the pod first starts; a preStop hook only when requests are lost.
  const open = (container.preStop?.tools ?? []).filter((tool) => !programs?.knows(tool));
  if (open.length > 0) {
    return [
      cannotJudge(
        `whether image ${image.reference} has ${open.join(', ')}, which preStop needs, is not known`,
        `state the programs that it has with the annotation ${container === server ? intentKey('imageTools') : containerToolsKey(name)}, or use lifecycle.preStop.sleep`,
        name,
      ),
    ];
  }
  if (programs) return [pass(`image ${image.reference} has what its hooks and probes need (${programs.knownBy})`)];
  return [pass(`probes and postStart of ${name} show at the first start whether their program is there`)];
}
