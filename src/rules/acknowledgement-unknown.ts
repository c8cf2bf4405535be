import { acknowledgementKey } from '../manifest/intent';
import { type AcknowledgementRule, type Verdict, violation } from './rule';

export const acknowledgementUnknown: AcknowledgementRule = {
  id: 'acknowledgement-unknown',
  title: 'A rule is acknowledged that does not exist',
  severity: 'error',
  judges: 'acknowledgements',
  hazard:
    'A misspelled acknowledgement hides nothing today, and one of a rule that was renamed looks like a decision that ' +
    'somebody took: requests that were thought to be accounted for may be lost.',
  remedy: 'Use the id of a rule, as it stands in brackets in front of its finding.',
  sources: ['https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/rules.md'],
  judge(acknowledged, known) {
    const verdicts: Verdict[] = [];
    for (const id of acknowledged.keys()) {
      if (known.has(id)) continue;
      const nearest = nearestOf(id, known);
      verdicts.push(
        violation({
          message: `'${id}' is acknowledged, and no rule has that id`,
          fix:
            nearest === undefined
              ? 'remove the acknowledgement'
              : `did you mean '${nearest}'? Otherwise remove the acknowledgement`,
          field: `metadata.annotations['${acknowledgementKey(id)}']`,
        }),
      );
    }
    return verdicts;
  },
};

/** The known id that is fewest letters away, if it shares more than half of them. */
function nearestOf(id: string, known: ReadonlySet<string>): string | undefined {
  let nearest: string | undefined;
  let least = Math.min(id.length, 60) / 2;
  for (const candidate of known) {
    if (Math.abs(candidate.length - id.length) >= least) continue;
    const distance = editDistance(id, candidate);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** Letters to insert, remove or replace until one text is the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
