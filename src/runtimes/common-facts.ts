import { type Fact, read, unverified } from '../fact';
import type { Answer, Optional, RuntimeFacts, RuntimeImage } from './runtime';

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

const OWN_IMAGE = 'an application is built into its own image, which decides';

const IN_FEW_WORDS: Readonly<Record<Optional, string>> = {
  port: 'the application or its configuration decides',
  bindAddress: 'the application or its configuration decides',
  readinessPath: 'the application or its configuration decides',
  livenessPath: 'the application or its configuration decides',
  whileLoading: 'the application decides',
  tools: "the image is the team's own",
  drainEndpoint: 'none',
  gauges: 'none that is there without doing',
  webSockets: 'none',
  endlessStreams: 'none',
  backgroundTasks: 'none',
};

/** What the documentation says nothing of. */
export function nothingSaidOf(title: string, ...items: readonly Optional[]): RuntimeFacts['without'] {
  const source = `the documentation of ${title} names none; nobody searched its code`;
  return Object.fromEntries(items.map((item) => [item, unverified(IN_FEW_WORDS[item], source, '2026-11')]));
}

type Surroundings = Pick<RuntimeFacts, 'stopSignal' | 'pid1' | 'sharedMemory' | 'coldStart' | 'without'>;

/** A framework, a server or a worker that the team builds into an image with its application. */
export function builtIntoAnImage(title: string, ...more: readonly Optional[]): Surroundings {
  return {
    stopSignal: unverified('SIGTERM', `${OWN_IMAGE}: few set a STOPSIGNAL`, '2026-11'),
    pid1: unverified('the command in exec form, or else the shell that keeps SIGTERM to itself', OWN_IMAGE, '2026-11'),
    sharedMemory: unverified(false, `the documentation of ${title} asks for none; nobody measured it`, '2026-11'),
    coldStart: unverified(
      'as long as the application takes',
      `nobody measured how long ${title} itself does`,
      '2026-11',
    ),
    without: nothingSaidOf(title, 'tools', 'drainEndpoint', 'gauges', ...more),
  };
}

/** A server program that its configuration tells what to do, in an official image without a STOPSIGNAL. */
export function configuredServer(title: string, dockerfile: string, ...without: readonly Optional[]) {
  return {
    stopSignal: read('SIGTERM', `${dockerfile}: no STOPSIGNAL`, '2026-11'),
    ...configured(title, ...without),
  };
}

/** Of every such server, whatever its stop signal. */
export function configured(
  title: string,
  ...without: readonly Optional[]
): Pick<RuntimeFacts, 'sharedMemory' | 'coldStart' | 'without'> {
  return {
    sharedMemory: unverified(false, `the documentation of ${title} asks for none; nobody measured it`, '2026-11'),
    coldStart: unverified('seconds, after its configuration is read', `nobody measured it for ${title}`, '2026-11'),
    without: nothingSaidOf(title, ...without),
  };
}

/** It serves no requests: what SIGTERM does is told of its tasks. */
export function worker(title: string): Surroundings {
  const none = unverified('none: it serves no requests', `the documentation of ${title} names none`, '2026-11');
  const parts = ['port', 'bindAddress', 'readinessPath', 'livenessPath', 'whileLoading'] as const;
  return {
    ...builtIntoAnImage(title),
    without: {
      ...nothingSaidOf(title, 'tools', 'drainEndpoint', 'gauges', 'webSockets', 'endlessStreams'),
      ...Object.fromEntries(parts.map((part) => [part, none])),
    },
  };
}

/** An engine whose image sets no STOPSIGNAL, as far as anybody saw. */
export function stopsOnSigterm(title: string): Fact<string> {
  return unverified('SIGTERM', `no STOPSIGNAL is known of the images of ${title}`, '2026-11');
}
