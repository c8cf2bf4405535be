import { type Fact, read, unverified } from '../fact';
import type { Answer, RuntimeImage } from './runtime';

/** What is the same for many servers, and not worth a sentence in each file. */

export function onlyInOwnImages(title: string): Fact<readonly RuntimeImage[]> {
  return unverified([], `an application is built into its own image; no public image is certain to run ${title}`);
}

export function writesNothing(title: string): Fact<readonly string[]> {
  return unverified([], `${title} writes no file of its own; what the application writes is its own business`);
}

/** The port opens when everything is loaded. */
export function closedWhileLoading(
  source: string,
  date?: string,
): Fact<{ readonly readiness: Answer; readonly liveness: Answer }> {
  return read({ readiness: 'refused', liveness: 'refused' }, source, date);
}

export const exitWithinMargin = unverified(
  0,
  'no report of a long exit after the last request was found; nobody measured it',
);
