/** A statement about somebody else's software, and where it was read or seen. */
export interface Fact<T> {
  readonly value: T;

  /** Repository, path and version, or the page, or what was run. */
  readonly source: string;

  /** The month in which the source was read or the server was run, as YYYY-MM. */
  readonly date: string;

  /**
   * - `measured`: a real server or cluster was run and watched.
   * - `read`: source code or documentation says so.
   * - `unverified`: nobody could check.
   */
  readonly evidence: 'measured' | 'read' | 'unverified';
}

export function read<T>(value: T, source: string, date = '2026-08'): Fact<T> {
  return { value, source, date, evidence: 'read' };
}

export function measured<T>(value: T, source: string, date = '2026-11'): Fact<T> {
  return { value, source, date, evidence: 'measured' };
}

export function unverified<T>(value: T, source: string, date = '2026-08'): Fact<T> {
  return { value, source, date, evidence: 'unverified' };
}
