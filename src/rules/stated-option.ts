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

/** The options that a text names. */
export function optionsIn(text: string): readonly string[] {
  return [...OPTIONS.values()].filter((option) => text.includes(` ${option}`));
}
