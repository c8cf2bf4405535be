import type { Intent } from '../manifest/intent';
import type { Gauges, RuntimeFacts } from '../runtimes/runtime';

/** What a `WebRuntime` or an `InferenceEngine` refers to: facts by id and version, and what only the team can know. */
export interface RuntimeSpec {
  readonly id: string;
  readonly title: string;
  /** Absent for a server that the team described itself. */
  readonly facts?: RuntimeFacts;
  readonly version?: string;
  /** What the team stated and facts cannot know, as it is written into the manifest. */
  readonly intent: Partial<Intent>;
  readonly port?: number;
  readonly readinessPath?: string;
  readonly livenessPath?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly gauges?: Gauges;
  readonly drainEndpoint?: string;
  readonly writablePaths?: readonly string[];
  /** The application follows the readiness-flag contract. */
  readonly readinessFlag?: boolean;
  /** Every response closes its connection, by middleware that is mounted. */
  readonly closesConnections?: boolean;
}

/** Id of a server that the team described itself. */
export const CUSTOM_RUNTIME = 'custom';
