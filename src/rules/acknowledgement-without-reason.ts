import { acknowledgementKey } from '../manifest/intent';
import { type AcknowledgementRule, type Verdict, violation } from './rule';

const LEAST_REASON_LENGTH = 10;

export const acknowledgementWithoutReason: AcknowledgementRule = {
  id: 'acknowledgement-without-reason',
  title: 'A finding is acknowledged without saying why',
  severity: 'error',
  judges: 'acknowledgements',
  hazard:
    'Whoever reads the manifest later cannot tell whether the lost requests were weighed and accepted or only silenced, ' +
    'nor when the acknowledgement may go.',
  remedy: `Say in ${LEAST_REASON_LENGTH} characters or more why the hazard is accepted.`,
  sources: ['https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/docs/rules.md'],
  judge(acknowledged) {
    const verdicts: Verdict[] = [];
    for (const [id, reason] of acknowledged) {
      const { length } = reason.trim();
      if (length >= LEAST_REASON_LENGTH) continue;
      verdicts.push(
        violation({
          message: `${id} is acknowledged ${length === 0 ? 'without a reason' : `because '${reason.trim()}'`}: ${length} characters, a reason has ${LEAST_REASON_LENGTH} or more`,
          fix: `say why the hazard is accepted, in ${LEAST_REASON_LENGTH} characters or more`,
          field: `metadata.annotations['${acknowledgementKey(id)}']`,
        }),
      );
    }
    return verdicts;
  },
};
