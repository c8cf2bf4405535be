import type { Kubectl } from '../src/rehearsal/kubectl';
import type { DisturbanceName } from '../src/rehearsal/options';
import type { Performance } from './perform';
import type { SideResult } from './result';
import type { Stage } from './stage';

/** What the naive and our manifest are the two sides of. */
export type Side = 'naive' | 'ours';

/**
 * A workload that is rehearsed twice: with `naive.yaml`, as people write it, and with what the app in `ours.ts` synthesizes.
 * Both lie in the folder `cases/NAME` beside this description, with what they run in `app/`: same image, same load.
 */
export interface ProofCase {
  /** The folder. */
  readonly name: string;
  /** Its place in the table. */
  readonly number: number;
  readonly title: string;
  /** What a reader of its numbers has to know. */
  readonly about?: string;
  /** The Deployment of both manifests. */
  readonly deployment: string;
  /** As `rehearse --request` takes them; none where no Service leads to the workload. */
  readonly requests: readonly string[];
  /** @default 80 */
  readonly requestsPerSecond?: number;
  /** @default - all of them */
  readonly disturbances?: readonly DisturbanceName[];
  /** Other flags of `rehearse`. */
  readonly flags?: readonly string[];
  /** It is in the short form as well. */
  readonly short?: boolean;
  /** Its own count of what was begun and lost, where that is no request of the load. Asked for once after each side. */
  readonly count?: (stage: Stage, endedAt: number) => Promise<Counted>;
  /** What the naive manifest lacks, in a few words. */
  readonly naive: string;
  /** Why it cannot be rehearsed here, if so: something on this machine, or of this cluster, is missing. */
  readonly missing?: () => string | undefined;
  /**
   * Makes what both sides need and a rehearsal must not touch: images, objects in the namespace. The files in `app/` are
   * in the ConfigMap `app` already, save those of a folder within it.
   */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /**
   * Rehearses one side with the manifest in the file, where the command cannot: a workload that no Service leads to.
   * What it counts as sent and lost is then the case's own.
   */
  readonly perform?: (stage: Stage, file: string, performance: Performance) => Promise<SideResult>;
  /** Undoes what `prepare` did outside of the namespace, also after a run that was killed. */
  readonly restore?: (kubectl: Kubectl) => Promise<void>;
  /** Folders that the nodes must have, by the paths at which both manifests have them, and where they are on this cluster. */
  readonly nodeFolders?: () => Readonly<Record<string, string>>;
  /** The server and its version. */
  readonly server: (stage: Stage) => Promise<string>;
  /** Why an event comes more than 2 s from where the budget has it; by the event's name, `exit` for example. */
  readonly explanations?: Readonly<Record<string, string>>;
}

/** Moments are milliseconds of this machine's clock. */
export interface Counted {
  /** As in `jobs`. */
  readonly what: string;
  readonly begunAt: readonly number[];
  readonly lostAt: readonly number[];
}

/** The image with Node.js, Python with FastAPI and uvicorn, a Java 17 runtime, nginx and a shell that the manifests name. */
export const BASE_IMAGE = 'localhost/servers:1';

/** The image that stands for it on this cluster; it sends the load as well. */
export const baseImage = (): string => process.env.CDK8S_GRACEFUL_TEST_IMAGE || BASE_IMAGE;

export const REQUESTS_PER_SECOND = 80;
