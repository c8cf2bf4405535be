import type { ContainerShutdown, Term } from './budget';

/** How the container that answers the requests goes away. */
export interface ServerShutdown {
  readonly container: string;
  /** The preStop hook waits this long before it looks at anything. */
  readonly preStopDelaySeconds: number;
  /** After the delay the preStop hook waits until nothing is in flight, at most this long. */
  readonly waitUntilIdleSeconds?: number;
  /** What the preStop hook may take besides: a call that it makes, a branch that it may not run through. */
  readonly preStopRestSeconds?: number;
  /** After SIGTERM the server answers 503 on its readiness path and serves everything else for this long. */
  readonly quietSeconds?: number;
  readonly longestRequestSeconds: number;
  /** Shutdown phases that follow one another, each as long as `phaseTimeoutSeconds`; the server's is the last. */
  readonly phases?: number;
  readonly phaseTimeoutSeconds?: number;
  /** It ignores SIGTERM, and goes on until SIGKILL. */
  readonly ignoresSigterm?: boolean;
  readonly exitSeconds: number;
  readonly exitReason?: string;
  readonly propagationSeconds: number;
}

/** Whether nothing can be in flight any more when the preStop hook returns and SIGTERM follows. */
export function idleAtSigterm(server: ServerShutdown): boolean {
  return server.waitUntilIdleSeconds === undefined
    ? server.longestRequestSeconds > 0 &&
        server.preStopDelaySeconds >= server.propagationSeconds + server.longestRequestSeconds
    : server.waitUntilIdleSeconds >= server.longestRequestSeconds;
}

/** The terms of one server's shutdown: what its preStop hook takes, and what it takes from SIGTERM to its end. */
export function serverShutdown(server: ServerShutdown): ContainerShutdown {
  const idle = idleAtSigterm(server);
  const preStop: Term[] = [];
  const afterSigterm: Term[] = [];
  const { preStopDelaySeconds: delay, longestRequestSeconds: longest, propagationSeconds: propagation } = server;

  if (idle && server.waitUntilIdleSeconds === undefined) {
    preStop.push(
      term('pre-stop-delay', 'preStop delay', delay - longest, `new requests arrive until ${propagation} s`),
      term('hold', 'longest request', longest, 'held by preStop: the last request is done before SIGTERM'),
    );
  } else {
    preStop.push(term('pre-stop-delay', 'preStop delay', delay, `new requests arrive until ${propagation} s`));
  }
  if (server.waitUntilIdleSeconds !== undefined) {
    const label = server.waitUntilIdleSeconds === longest ? 'longest request' : 'wait until idle';
    preStop.push(
      term(
        'wait-until-idle',
        label,
        server.waitUntilIdleSeconds,
        'preStop waits until nothing is in flight, at most this long',
      ),
    );
  }
  if (server.preStopRestSeconds) {
    preStop.push(
      term('pre-stop', 'rest of preStop', server.preStopRestSeconds, 'calls and branches that may take this long'),
    );
  }
  if (server.quietSeconds) {
    afterSigterm.push(
      term(
        'quiet',
        'quiet period',
        server.quietSeconds,
        'the server answers 503 to the readiness probe and serves the rest',
      ),
    );
  }
  if (!idle) {
    const { phases = 1, phaseTimeoutSeconds: phaseTimeout = longest } = server;
    if (phases > 1) {
      afterSigterm.push(
        term(
          'drain',
          'earlier shutdown phases',
          (phases - 1) * phaseTimeout,
          `${phaseTimeout} s x ${phases - 1} before the server's own`,
        ),
      );
    }
    const reason =
      server.phases === undefined
        ? 'a request that arrived last is let finish after SIGTERM'
        : `${phaseTimeout} s x ${phases} ${phases === 1 ? 'phase' : 'phases'}`;
    afterSigterm.push(term('drain', 'longest request', longest, reason));
  }
  if (server.exitSeconds > 0) {
    afterSigterm.push(
      term('exit', 'exit', server.exitSeconds, server.exitReason ?? 'from the last request to the end of the process'),
    );
  }
  return { name: server.container, preStop, afterSigterm, endsBySigkill: server.ignoresSigterm };
}

function term(id: Term['id'], label: string, seconds: number, reason: string): Term {
  return { id, label, seconds, reason };
}
