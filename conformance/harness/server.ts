import type { Sigterm } from '../../src/manifest/runtime-view';

/** One way of running a server: as it comes, or with a setting that the facts speak of. */
export interface Variant {
  /** What a reader of the table sees, for example `SERVER_SHUTDOWN=graceful`. */
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What the application does on SIGTERM, where the runtime leaves it to the application. */
  readonly application?: 'drains' | 'ignored' | 'aborts';
  /** The variant shortens the runtime's own bound to this, and the requests in flight are longer. */
  readonly boundSeconds?: number;
  /** Shutdown phases that each take the bound, one after the other. */
  readonly phases?: number;
  /** What the notes of the runtime say of this variant, where it is another thing than the rule. */
  readonly noted?: Partial<Pick<Sigterm, 'newRequests' | 'readiness'>>;
  /** Seconds that each request takes, where the usual ones would hide something. */
  readonly requestSeconds?: number;
  /** Runs before the signal, while the requests are in flight, as a kubelet runs it. */
  readonly preStop?: readonly string[];
  /** What the library makes of the engine: nothing may be lost, whatever the server does on SIGTERM. */
  readonly losesNothing?: true;
  /** Seconds from the signal to SIGKILL, where the usual ones do not do. */
  readonly graceSeconds?: number;
  /** Seconds from the start of preStop to SIGKILL, as a kubelet counts them. */
  readonly terminationGracePeriodSeconds?: number;
  /** Only plain requests are in flight. */
  readonly withoutStream?: boolean;
  /** It is started by a shell that stays PID 1. */
  readonly underShell?: boolean;
  /** The signal that the image's STOPSIGNAL names. */
  readonly stopSignal?: NodeJS.Signals;
}

/** What a client asks for. */
export interface Question {
  readonly path: string;
  /** Posted as JSON. */
  readonly body?: unknown;
  /** A stream is whole when it ends with this. */
  readonly endsWith?: string;
  /** An answer is whole when this is in it. */
  readonly contains?: string;
}

/** The three requests that a trial makes; they take about so many seconds. */
export interface Questions {
  plain(seconds: number): Question;
  stream(seconds: number): Question;
  readonly short: Question;
}

/** One name for its folder and its result: a runtime may be run with several versions of its own and of its uvicorn. */
export function nameOf({
  runtime,
  version,
  uvicornVersion,
}: Pick<ServerUnderTest, 'runtime' | 'version' | 'uvicornVersion'>): string {
  return [runtime, version, ...(uvicornVersion === undefined ? [] : ['uvicorn', uvicornVersion])].join('-');
}

/** A server that the harness can install and run. */
export interface ServerUnderTest {
  /** As in `src/runtimes`. */
  readonly runtime: string;
  /** What is run, for the table: `Express 5.1.0`. */
  readonly title: string;
  readonly version: string;
  /** Of the uvicorn that its connections are left to. */
  readonly uvicornVersion?: string;
  /** The path that a readiness probe asks. */
  readonly readinessPath: string;
  readonly port: number;
  /** Seconds until it answers for the first time, at most. */
  readonly startSeconds?: number;
  readonly variants: readonly Variant[];
  /** What a run needs that is not on every machine: programs by name. */
  readonly needs: readonly string[];
  /** Makes the server ready to run in a folder, from the package registries alone. */
  install(folder: string): Promise<void>;
  /** Where the distribution decides which version is installed. */
  installedVersion?(): string;
  /** The command of one variant, as in a container's `command`. */
  command(folder: string, variant: Variant): readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Absent: the applications beside the cases answer `/slow?seconds=` and `/stream?seconds=`. */
  readonly questions?: Questions;
  /** Takes minutes or gigabytes: it runs only where it is asked for. */
  readonly long?: true;
  /** A proxy forwards to a backend of the harness, whose port this is. */
  readonly backendPort?: number;
}
