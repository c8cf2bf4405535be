/**
 * What may stand in a generated command. A value that passes here needs no escaping in a shell, so that the command
 * stays readable and nothing that a prop holds can break out of it.
 */

/** An absolute path of plain characters, with no step upwards. */
export function isSafePath(path: string): boolean {
  return /^(\/[A-Za-z0-9._-]+)+$/.test(path) && !path.split('/').includes('..');
}

export function checkPath(path: string): string {
  if (isSafePath(path)) return path;
  throw new Error(
    `The path ${JSON.stringify(path)} would reach a shell: it must be absolute, made of letters, digits and ._-/ only, without '..'.`,
  );
}

// No quote, no $, no backtick, no backslash and no blank: safe within single quotes wherever `?` and `&` ask for them.
const URL_PATTERN =
  /^https?:\/\/([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(\/[A-Za-z0-9._~:/?&=%,+@-]*)?$/;

export function checkUrl(url: string): string {
  if (URL_PATTERN.test(url)) return url;
  throw new Error(
    `The URL ${JSON.stringify(url)} would reach a shell: it must be http(s)://host[:port][/path[?query]] with letters, digits and ._~:/?&=%,+@- only.`,
  );
}

export function checkSeconds(name: string, seconds: number, least: number): number {
  if (Number.isSafeInteger(seconds) && seconds >= least) return seconds;
  throw new Error(`${name} is ${seconds}: it must be a whole number of seconds, ${least} or more.`);
}

export function isGaugeName(name: string): boolean {
  return /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name);
}

export function checkGauges(gauges: readonly string[]): readonly string[] {
  if (gauges.length === 0) throw new Error('Waiting until idle needs the name of at least one gauge.');
  for (const name of gauges) {
    if (!isGaugeName(name)) {
      throw new Error(`${JSON.stringify(name)} is not the name of a metric: letters, digits, _ and : only, no labels.`);
    }
  }
  return gauges;
}
