import { Problem } from '../problem';

/** What `parseArgs` of Node reads, with a sentence in place of what it throws. */
export function understood<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Problem((error as Error).message.replace(/\. To specify a positional.*$/s, ''));
  }
}

/** The value of an option that takes one of a few words. */
export function wordOf<T extends string>(option: string, value: string, words: readonly T[]): T {
  const word = words.find((each) => each === value);
  if (word === undefined) throw new Problem(`--${option} is ${value}: it can be ${words.join(', ')}`);
  return word;
}
