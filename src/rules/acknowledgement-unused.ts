import { acknowledgementKey } from '../manifest/intent';
import { type AcknowledgementRule, type Verdict, violation } from './rule';

export const acknowledgementUnused: AcknowledgementRule = {
  id: 'acknowledgement-unused',
  title: 'A finding is acknowledged that there is not',
  severity: 'warning',
  judges: 'acknowledgements',
  hazard:
    'The hazard is gone, but its acknowledgement would silently accept it when it comes back, and with it the lost ' +
    'requests that nobody decided to lose again.',
  remedy: 'Remove the acknowledgement.',
  sources: ['https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/rules.md'],
  judge(acknowledged, known, found) {
    const verdicts: Verdict[] = [];
    for (const id of acknowledged.keys()) {
      if (!known.has(id) || found.has(id)) continue;
      verdicts.push(
        violation({
          message: `${id} is acknowledged, and there is no such finding about this object`,
          fix: 'remove the acknowledgement, or move it to the object that the finding is about',
          field: `metadata.annotations['${acknowledgementKey(id)}']`,
        }),
      );
    }
    return verdicts;
  },
};
