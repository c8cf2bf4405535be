import { describeObject } from '../manifest/object-ref';
import { secondsText } from '../termination/seconds';
import type { Explanation } from './explanation';
import { counted, placeText } from './lint-report';
import { type Paint, plain } from './paint';
import { visible } from './visible';

/** How the pods of one workload go away, as a person reads it. */
export function explanationText(explanation: Explanation, paint: Paint = plain): string {
  const { object, file } = explanation;
  const place = file === undefined ? '' : ` (${placeText(explanation)})`;
  const sections = [
    paint('bold', visible(`${describeObject(object)}${place}`)),
    ...terminationLines(explanation, paint),
    ...rolloutLines(explanation, paint),
    ...evictionLines(explanation, paint),
    ...questionLines('assumed', explanation.assumed, paint),
    ...questionLines('unknown', explanation.unknown, paint),
  ];
  return `${sections.join('\n')}\n`;
}

function terminationLines({ termination }: Explanation, paint: Paint): readonly string[] {
  const { graceSeconds, requiredGraceSeconds, slackSeconds = 0, terms, events, keptAlive } = termination;
  const lines = [title('termination', paint)];
  const grace = `terminationGracePeriodSeconds is ${secondsText(graceSeconds)}`;
  if (requiredGraceSeconds === undefined) {
    lines.push(`    ${grace}; what the shutdown needs is not known`);
  } else {
    const slack = slackSeconds >= 0 ? `${secondsText(slackSeconds)} to spare` : `${secondsText(-slackSeconds)} short`;
    lines.push(
      `    ${grace}, the shutdown needs ${secondsText(requiredGraceSeconds)}: ${paint(slackSeconds < 0 ? 'red' : 'green', slack)}`,
    );
    const labels = Math.max(...terms.map(({ label }) => label.length));
    const digits = Math.max(...terms.map(({ seconds }) => secondsText(seconds).length));
    for (const { label, seconds, reason } of terms) {
      const sum = `      ${visible(label).padEnd(labels)}  ${secondsText(seconds).padStart(digits)}`;
      lines.push(`${sum}  ${visible(reason)}`.trimEnd());
    }
  }
  const times = events.map(({ second }) => secondsText(second));
  const width = Math.max(...times.map((time) => time.length));
  for (const [index, { what }] of events.entries()) {
    lines.push(`    ${(times[index] as string).padStart(width)}  ${visible(what)}`);
  }
  if (keptAlive) lines.push(`    ${keptAlive}`);
  return lines;
}

function rolloutLines({ rollout }: Explanation, paint: Paint): readonly string[] {
  const { replicas, surge, unavailable, steps, lowestReady, peakAccelerators, estimateSeconds, coldStartSeconds, why } =
    rollout;
  const lines = [title('rollout', paint)];
  if (replicas !== undefined) {
    const most = peakAccelerators === undefined ? '' : `, at most ${peakAccelerators} accelerators`;
    lines.push(
      `    ${counted(replicas, 'replica')}, ${surge} more and ${unavailable} fewer at once: never below ${lowestReady} ready${most}`,
    );
    lines.push(
      estimateSeconds === undefined
        ? `    ${paint('red', 'it never ends')}`
        : `    ${counted(steps ?? 0, 'step')}, about ${secondsText(estimateSeconds)} with a cold start of ${secondsText(coldStartSeconds ?? 0)}`,
    );
  }
  lines.push(`    ${visible(why)}`);
  return lines;
}

function evictionLines({ evictions }: Explanation, paint: Paint): readonly string[] {
  const { leastReplicas, mostReplicas, budgets } = evictions;
  const replicas = mostReplicas === leastReplicas ? `${leastReplicas}` : `${leastReplicas} to ${mostReplicas}`;
  const lines = [title('evictions', paint)];
  if (budgets.length === 0) {
    lines.push(`    no PodDisruptionBudget: all of ${replicas} replicas may be evicted at once`);
  }
  for (const { name, sums, blocksForEver } of budgets) {
    for (const sum of sums) lines.push(`    PodDisruptionBudget ${visible(name)}: ${visible(sum)}`);
    if (blocksForEver) lines.push(`    ${paint('red', 'no pod may ever be evicted')}: a node drain waits for ever`);
  }
  return lines;
}

function questionLines(name: string, questions: Explanation['unknown'], paint: Paint): readonly string[] {
  if (questions.length === 0) return [];
  const lines = questions.flatMap(({ what, settle }) => [`    ${visible(what)}`, `      ${visible(settle)}`]);
  return [title(name, paint), ...lines];
}

function title(name: string, paint: Paint): string {
  return `  ${paint('cyan', name)}`;
}
