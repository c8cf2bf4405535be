import type { Container } from '../manifest/container';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const argumentWithoutDash: WorkloadRule = {
  id: 'argument-without-dash',
  title: 'a shutdown setting among the flags lacks its dash',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'A program takes a word without a dash for something else, or for nothing: the timeout that was meant is not set, and at SIGTERM it ' +
    'drops its connections at once, as it does by default.',
  remedy: 'Write the dashes that the flags beside it have.',
  sources: [
    'kubeflow/manifests applications/pipeline/upstream/env/gcp/cloudsql-proxy/cloudsql-proxy-deployment.yaml (term_timeout=10s)',
  ],
  judge({ workload }) {
    let verdicts: Verdict[] | undefined;
    for (const container of workload.pod.all) {
      const { command, args } = container;
      for (const words of [command, args]) {
        const verdict = words && judgeWords(container, words, words === command ? 'command' : 'args');
        if (!verdict) continue;
        verdicts ??= [];
        verdicts.push(verdict);
      }
    }
    return verdicts ?? notApplicable('no flag with a value stands in command or args');
  },
};

const FLAG = /^(--?)[a-z][\w.-]*(=|$)/i;
const SHUTDOWN_WORD = /^[a-z][a-z0-9_.-]*=\S+$/;
const MEANING = /timeout|grace|drain|shutdown|terminat/;

function judgeWords(container: Container, words: readonly string[], field: string): Verdict | undefined {
  let dashes: string | undefined;
  for (const word of words) {
    if (word.length > 200) continue;
    const flag = FLAG.exec(word);
    if (flag?.[2] === '=') dashes ??= flag[1];
    // Before the first flag it may be a variable for env, and after a flag without a value it is that value.
    if (dashes === undefined || !SHUTDOWN_WORD.test(word) || !MEANING.test(word.slice(0, word.indexOf('=')))) continue;
    const before = words[words.indexOf(word) - 1] ?? '';
    if (FLAG.exec(before)?.[2] === '' && words.some((each) => /^--?[a-z][\w.-]*$/i.test(each) && each !== before))
      continue;
    return violation({
      message: `'${word}' stands among flags without a dash: ${container.name} does not take it as the setting that it looks like`,
      fix: `write ${dashes}${word}`,
      container: container.name,
      field,
    });
  }
  return dashes === undefined ? undefined : pass(`every setting in ${field} of ${container.name} has its dash`);
}
