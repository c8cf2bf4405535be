import type { Fact } from '../fact';

/** A program that a preStop hook or an exec probe may need in the image. */
export type Tool = 'sh' | 'sleep' | 'touch' | 'rm' | 'date' | 'curl' | 'wget' | 'python3';

/** Where a number or switch of a server is set: by an environment variable, by a command line flag, or by either. */
export interface Setting {
  readonly env?: string;
  readonly flag?: string;
  /** A variable whose text is read as further command line flags, as `GUNICORN_CMD_ARGS` is. */
  readonly flagsEnv?: string;
  /** Other variables, flags and Java properties (`-Dname`) that set the same, in the order in which they count. */
  readonly others?: readonly string[];
  /** `address`: an address and a port, as in `0.0.0.0:11434`. */
  readonly format: 'seconds' | 'spring-duration' | 'java-duration' | 'keyword' | 'count' | 'address';
}

/** What a server does from SIGTERM to its exit, with the settings that change it. */
export interface SigtermBehaviour {
  /**
   * Requests in flight at SIGTERM:
   * - `drains`: they are let finish, as far as the bound allows
   * - `aborts`: they are cut, or hang
   * - `ignored`: the signal does nothing, the server goes on until SIGKILL
   * - `unknown`: depends on the application's own code
   */
  readonly inFlight: Fact<'drains' | 'aborts' | 'ignored' | 'unknown'>;

  /** A switch that turns `inFlight` into `drains`, and the value or the least number that does. */
  readonly drainSwitch?: Fact<{
    readonly setting: Setting;
    readonly on: string | number;
    readonly byDefault?: boolean;
  }>;

  /** A setting above which requests in flight are aborted after all. */
  readonly drainBrokenBy?: Fact<{ readonly setting: Setting; readonly above: number }>;

  /** How long the server waits for requests in flight; `seconds` absent: without a bound. */
  readonly bound: Fact<{
    readonly seconds?: number;
    readonly setting?: Setting;
    /** The bound holds for each of several shutdown phases, one after the other. */
    readonly perPhase?: boolean;
    /** At the bound requests hang instead of ending: SIGKILL is the only real end. */
    readonly hangsAtBound?: boolean;
    /** The directive or option, where it stands in a file or in code that no manifest shows. */
    readonly configuredBy?: string;
  }>;

  /** Streaming responses are cut at SIGTERM although plain requests are let finish. */
  readonly cutsStreams?: Fact<boolean>;

  /** From the last request to the end of the process, where that was seen to be more than the margin covers. */
  readonly exitSeconds: Fact<number>;

  /** What a new connection meets after SIGTERM: refused, served as before, or accepted and failed (HTTP 500). */
  readonly newRequests: Fact<'refused' | 'served' | 'failed'>;

  /** What the readiness path answers after SIGTERM. */
  readonly readiness: Fact<'503' | 'refused' | 'unchanged'>;
}

/** A public image that is certain to run the program. */
export interface RuntimeImage {
  readonly repository: string;
  readonly tagIsVersion: boolean;

  /** The image runs it only where a part of the tag is this word, as `fpm` in `8.4-fpm-alpine`. */
  readonly tagWord?: string;

  /** Where this image holds other programs than the others. */
  readonly tools?: readonly Tool[];

  /** Where this image listens on another port than the program's. */
  readonly port?: number;

  /** The image works only as root. */
  readonly needsRoot?: boolean;

  /** A way without root, as the end of a sentence. */
  readonly insteadOfRoot?: string;

  /** The numeric user that the image is built for. */
  readonly runAsUser?: number;
}

/** Where a server shows how many requests are in flight, in the text format of Prometheus. */
export interface Gauges {
  /** Where it is another port than the server's. */
  readonly port?: number;
  readonly path: string;
  readonly names: readonly string[];

  /** Without it there are no metrics. */
  readonly neededFlag?: string;
}

/** What a probe meets. */
export type Answer = 'ok' | '503' | 'refused' | 'none';

/**
 * - `closed`: told to end in the protocol's own way
 * - `cut`: the connection or the task just ends
 * - `waited-for`: the drain waits for its end, as far as the bound allows
 * - `unknown`: depends on the application's own code, or nobody could say
 */
export type LongLived = 'closed' | 'cut' | 'waited-for' | 'unknown';

/** What not every server has a value for; one that has none says why in `without`. */
export type Optional =
  | 'port'
  | 'bindAddress'
  | 'readinessPath'
  | 'livenessPath'
  | 'whileLoading'
  | 'tools'
  | 'drainEndpoint'
  | 'gauges'
  | 'webSockets'
  | 'endlessStreams'
  | 'backgroundTasks';

/** One server program, as plain data. */
export interface RuntimeFacts {
  /** As in the intent annotation, for example `spring-boot`. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'web' | 'inference' | 'worker';

  readonly port?: Fact<number>;
  readonly readinessPath?: Fact<string>;
  readonly livenessPath?: Fact<string>;

  /** The port of those two paths, where it is not the one of the requests: no probe is derived from them then. */
  readonly probePort?: Fact<number>;

  /** Repositories of images that are certain to run this program, and whether their tag is its version. */
  readonly images: Fact<readonly RuntimeImage[]>;

  /** What SIGTERM does is known of those images only: it hangs on how they were built. */
  readonly onlyInImages?: Fact<true>;

  /** What it has not, or leaves to the application, its image or its configuration: in a few words. */
  readonly without: Readonly<Partial<Record<Optional, Fact<string>>>>;

  /** Programs that those images hold; absent: the image is the user's and nothing is known. */
  readonly tools?: Fact<readonly Tool[]>;

  /** The program's file has this capability in those images, so it does not start where all capabilities are dropped. */
  readonly capability?: Fact<'NET_BIND_SERVICE'>;

  /** Paths that the program writes to, outside of volumes that the user mounts. */
  readonly writablePaths: Fact<readonly string[]>;

  /** The least version that the library can make graceful, and why. */
  readonly minimumVersion?: Fact<string>;

  /** The newest version that somebody checked; a newer one is taken as like it, with a warning. */
  readonly checkedVersion?: Fact<string>;

  /** The address that the program listens on by default, and the setting that makes it reachable from outside the pod. */
  readonly bindAddress?: Fact<{ readonly address: string; readonly setting?: Setting; readonly needed?: string }>;

  /** What sets its port, for the library to set it. Absent: the image, or the user's own file, decides. */
  readonly portSetting?: Fact<Setting>;

  /** Its connections are left to this runtime, whose own version decides what happens to streams. */
  readonly httpServer?: Fact<'uvicorn'>;

  /** Why its own images cannot be shut down gracefully by any manifest, and what to do instead. */
  readonly refusedImages?: Fact<string>;

  /**
   * How command lines that are certain to run it begin, as in `uvicorn` or `python -m vllm.entrypoints.openai.api_server`:
   * folders, a leading `exec` and the interpreter's version are left out before comparing. `...` stands for any words.
   */
  readonly commands?: Fact<readonly string[]>;

  /** What the readiness path and the liveness path answer while the program, or its model, still loads. */
  readonly whileLoading?: Fact<{ readonly readiness: Answer; readonly liveness: Answer }>;

  /** The signal that its images ask for; what `versions` states is about this one. */
  readonly stopSignal: Fact<string>;

  /** What runs as PID 1 in the official image, and whether SIGTERM reaches the program. */
  readonly pid1: Fact<string>;

  /** It needs more shared memory than the 64 MiB that a container gets. */
  readonly sharedMemory: Fact<boolean>;

  /** Its own images hold a build for accelerators alone, save for those whose name or tag says `cpu`. */
  readonly acceleratorImages?: Fact<boolean>;

  /** From its start until it is ready, as its authors or users report it. */
  readonly coldStart: Fact<string>;

  /** A request that makes it stop taking new work. */
  readonly drainEndpoint?: Fact<{ readonly method: 'GET' | 'POST'; readonly path: string; readonly port?: number }>;

  /** What SIGTERM does to work that is not a request with an end of its own. */
  readonly webSockets?: Fact<LongLived>;
  readonly endlessStreams?: Fact<LongLived>;
  readonly backgroundTasks?: Fact<LongLived>;

  /** In-flight gauges: zero in all of them means idle. */
  readonly gauges?: Fact<Gauges>;

  /** A flag after which a probe gets 401 from every path but those with one of these prefixes. */
  readonly apiKey?: Fact<{ readonly flag: string; readonly openPathPrefixes: readonly string[] }>;

  /** Environment that the library sets so that the behaviour below holds. */
  readonly env?: Fact<Readonly<Record<string, string>>>;

  /** Ordered from old to new; the last entry whose `from` is not above the version counts. */
  readonly versions: readonly { readonly from?: string; readonly sigterm: SigtermBehaviour }[];

  /** Assumed when the version is not known: of each field the value that asks for most care. Absent: the last entry. */
  readonly whenUnknown?: SigtermBehaviour;

  /** What a reader of the docs should know and no rule can judge. */
  readonly notes: readonly Fact<string>[];
}
