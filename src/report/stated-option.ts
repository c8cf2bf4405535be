import { intentKey, type StatedField } from '../manifest/intent';

/** The facts that can be stated once for a whole run of the command line. */
const OPTIONS: ReadonlyMap<StatedField, string> = new Map([
  ['longestRequestSeconds', '--longest-request'],
  ['trafficSources', '--traffic'],
  ['nodeLifecycles', '--nodes'],
  ['kubernetesVersion', '--kubernetes'],
  ['runtime', '--runtime'],
]);

/** As in `the annotation cdk8s-graceful/longest-request or --longest-request`. */
export function howToState(field: StatedField): string {
  const option = OPTIONS.get(field);
  return `the annotation ${intentKey(field)}${option === undefined ? '' : ` or ${option}`}`;
}

/** The options that state what a text asks for in an annotation. */
export function optionsIn(text: string): readonly string[] {
  return [...OPTIONS].filter(([field]) => mentions(text, intentKey(field))).map(([, option]) => option);
}

/** One key begins as another does: `runtime` and `runtime-version`. */
function mentions(text: string, key: string): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    if (!/[a-z-]/.test(text.charAt(at + key.length))) return true;
  }
  return false;
}
