import { findingText } from '../report/finding-text';
import { secondsText } from '../termination/seconds';
import type { ComparedEvent } from './comparison';
import type { DisturbanceResult, KilledContainer, RehearsalResult, Requests } from './result';

/** The result as a person reads it. */
export function reportText(result: RehearsalResult): string {
  const { namespace, deployment, service, withoutLoad, replicas } = result;
  const way = withoutLoad === undefined ? `through Service ${service}` : `without load (${withoutLoad})`;
  const lines = [
    `Rehearsal of deployment/${deployment} in namespace ${namespace}: ${replicas} replicas, ${way}`,
    ...(withoutLoad === undefined ? [sentText(result)] : []),
    '',
    ...(withoutLoad === undefined
      ? table(HEAD, result.disturbances.map(row))
      : table(HEAD_WITHOUT_LOAD, result.disturbances.map(rowWithoutLoad))),
    '',
    ...result.disturbances.flatMap(observed),
    ...worst(result),
    ...changes(result),
    ...result.notes.map((note) => `note: ${note}`),
    verdict(result),
  ];
  return `${lines.join('\n')}\n`;
}

function sentText({ requests, seconds }: RehearsalResult): string {
  return `${requests.sent} requests in ${secondsText(seconds)}, ${requests.sentKeptAlive} of them on kept-alive connections`;
}

function verdict({ outcome, why, requests, withoutLoad, killed }: RehearsalResult): string {
  switch (outcome) {
    case 'nothing-lost':
      return withoutLoad === undefined
        ? `No request was lost: ${requests.sent} sent.`
        : 'No container was killed: each ended by itself.';
    case 'containers-killed':
      return [`${killedText(killed)} killed (SIGKILL), with what was not finished.`, ...why].join(' ');
    case 'requests-lost':
      return [`${lost(requests)} lost.`, ...why].join(' ');
    default:
      return `Inconclusive: ${why.join('; ')}.`;
  }
}

function lost(requests: Requests): string {
  return `${requests.lost} of ${requests.sent} requests were`;
}

function killedText(killed: readonly KilledContainer[]): string {
  return killed.length === 1 ? '1 container was' : `${killed.length} containers were`;
}

type Row = readonly string[];
const HEAD: Row = ['disturbance', 'requests', 'lost', 'how', 'ready at least', 'took'];

function row({ name, outcome, why, requests, lostByKind, fleet, seconds }: DisturbanceResult): Row {
  if (outcome === 'skipped') return [name, '-', '-', `not done: ${why}`, '', ''];
  const kinds = kindsText(lostByKind);
  const how = outcome === 'blocked' ? [kinds, `blocked: ${why}`].filter(Boolean).join('; ') : kinds;
  const ready = fleet ? `${fleet.lowestReadySeen ?? '?'} (predicted ${fleet.lowestReadyPredicted})` : '';
  return [name, String(requests.sent), String(requests.lost), how || '-', ready, secondsText(seconds)];
}

const HEAD_WITHOUT_LOAD: Row = ['disturbance', 'pods that left', 'containers killed', 'how', 'took'];

function rowWithoutLoad({ name, outcome, why, pods, killed, seconds }: DisturbanceResult): Row {
  if (outcome === 'skipped') return [name, '-', '-', `not done: ${why}`, ''];
  const when = killed.map(({ container, second }) => `${container} after ${secondsText(second)}`);
  const how = [...new Set(when), ...(outcome === 'blocked' ? [`blocked: ${why}`] : [])].join('; ');
  return [name, String(pods.length), String(killed.length), how || '-', secondsText(seconds)];
}

export function kindsText(kinds: DisturbanceResult['lostByKind']): string {
  return Object.entries(kinds)
    .sort(([, one], [, other]) => (other ?? 0) - (one ?? 0))
    .map(([kind, count]) => `${count} ${kind.replace('-', ' ')}`)
    .join(', ');
}

function table(head: Row, rows: readonly Row[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  return all.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The events of all pods that a disturbance sent away, each once, with the pod that was furthest from its budget. */
function observed({ name, pods, fleet }: DisturbanceResult): string[] {
  if (pods.length === 0) return [];
  const lines = [`${name}: ${pods.length === 1 ? '1 pod' : `${pods.length} pods`}, seconds from the deletion`];
  const containers = pods.flatMap(({ events }) => events.map(({ container }) => container));
  const several = new Set(containers.filter((container) => container !== undefined)).size > 1;
  const byEvent = new Map<string, ComparedEvent[]>();
  for (const event of pods.flatMap(({ events }) => events)) {
    const key = several && event.container ? `${event.event} (${event.container})` : event.event;
    byEvent.set(key, [...(byEvent.get(key) ?? []), event]);
  }
  for (const [key, events] of byEvent) lines.push(`  ${key}: ${eventText(events)}`);
  for (const note of fleet?.notes ?? []) lines.push(`  differs: ${note}`);
  for (const warning of new Set(pods.flatMap(({ warnings }) => warnings))) lines.push(`  event: ${warning}`);
  return [...lines, ''];
}

function eventText(events: readonly ComparedEvent[]): string {
  const seconds = events.map(({ seenSecond }) => seenSecond).filter((second) => second !== undefined);
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  const range = least === most ? secondsText(least) : `${least} to ${secondsText(most)}`;
  const seen = seconds.length === 0 ? 'not seen' : `seen ${range}`;
  const [{ predictedSecond, atMost }] = events as [ComparedEvent];
  const bound = atMost ? 'at most ' : '';
  const predicted =
    predictedSecond === undefined ? 'not predicted' : `predicted ${bound}${secondsText(predictedSecond)}`;
  const wrong = events.filter(({ agrees }) => !agrees);
  const by = wrong.map(({ differenceSeconds }) => differenceSeconds).filter((each) => each !== undefined);
  const notes = wrong.map(({ note }) => note).filter((note) => note !== undefined);
  const difference =
    by.length === 0 ? '' : `, differs by ${secondsText(by.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a)))}`;
  return `${predicted}, ${seen}${difference}${notes.length === 0 ? '' : `: ${[...new Set(notes)].join(', ')}`}`;
}

function worst({ worst: moment }: RehearsalResult): string[] {
  if (!moment) return [];
  const when = new Date(moment.at).toISOString().slice(11, 19);
  const during = moment.disturbance
    ? `, ${secondsText(moment.secondsIntoDisturbance ?? 0)} into the ${moment.disturbance}`
    : '';
  const ready = moment.readyEndpoints === undefined ? '' : `, with ${moment.readyEndpoints} endpoints ready`;
  return [`The worst moment: ${when} UTC${during}${ready}: ${moment.lost} lost (${kindsText(moment.lostByKind)})`, ''];
}

function changes({ findings, outcome, requests }: RehearsalResult): string[] {
  const speaking = findings.filter(({ wouldHaveSaidSo }) => wouldHaveSaidSo);
  const others = findings.filter(({ wouldHaveSaidSo }) => !wouldHaveSaidSo);
  const harmed = requests.lost > 0 || outcome === 'containers-killed';
  const lines: string[] = [];
  if (harmed && speaking.length > 0) {
    lines.push(
      'What to change; the rules would have said so:',
      ...speaking.map((each) => `  ${findingText(each, '  ')}`),
      '',
    );
  }
  if (harmed && speaking.length === 0) {
    lines.push(
      outcome === 'containers-killed'
        ? 'No rule would have said so: either the program needs longer than was stated, or the model lacks something.'
        : 'No rule would have said so: either the server drops requests by itself, or the model lacks something.',
      '',
    );
  }
  const rest = harmed ? others : findings;
  if (rest.length > 0) {
    const list = rest.map(({ rule, severity, message }) => `  [${rule}] ${severity}: ${message}`);
    lines.push('The rules also say:', ...list, '');
  }
  return lines;
}
