import { type LintCommand, parseLint } from '../cli/lint-options';
import { STATED_OPTIONS } from '../cli/stated-options';
import { Problem } from '../problem';
import { nearestOf } from '../rules/nearest';

/** The properties of the plugin in cdk8s.yaml: options of `cdk8s-graceful lint`, by their long names. */
const PROPERTIES: readonly string[] = [...Object.keys(STATED_OPTIONS), 'severity', 'rule', 'skip'];

/** Read by the parser of the command line: the same words, the same values, the same refusals. */
export function commandOf(properties: Readonly<Record<string, unknown>>): LintCommand {
  const args = Object.entries(properties).flatMap(([name, value]) => argumentsOf(name, value));
  return parseLint([...args, '-']) as LintCommand;
}

function argumentsOf(name: string, value: unknown): readonly string[] {
  if (!PROPERTIES.includes(name)) {
    const nearest = nearestOf(name, PROPERTIES);
    throw new Problem(
      `properties of the validation: there is no '${name}'; ${nearest ? `did you mean ${nearest}?` : `known are ${PROPERTIES.join(', ')}`}`,
    );
  }
  const values = Array.isArray(value) ? value : [value];
  return values.map((each) => {
    // YAML reads 1.30 as the number 1.3.
    if (typeof each !== 'string') {
      throw new Problem(
        `properties of the validation: ${name} is ${JSON.stringify(each)}, which is no text: put it in quotes`,
      );
    }
    return `--${name}=${each}`;
  });
}
