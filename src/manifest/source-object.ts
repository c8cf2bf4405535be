import type { Intent } from './intent';
import type { JsonObject } from './json';

/** One Kubernetes object in its final form, and where it came from: a construct path, or a file and line. */
export interface SourceObject {
  readonly json: JsonObject;
  readonly origin?: string;
  readonly file?: string;
  /** The line of the file on which it begins, from 1. */
  readonly line?: number;
  /** What is stated around it, where it states nothing itself. */
  readonly stated?: Partial<Intent>;
  /**
   * The line of what a path leads to, or of the nearest part of the path that is there.
   *
   * @param from a part of the object at which the path begins, instead of its root
   */
  lineOf?(path: readonly string[], from?: JsonObject): number | undefined;
}
