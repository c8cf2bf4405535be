import { acknowledgementKey } from '../manifest/intent';
import { nearestOf } from './nearest';
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
