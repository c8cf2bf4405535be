import { type FetchTool, fetchCommand } from './fetch';
import { checkSeconds } from './safe-values';

export interface DrainEndpointHook {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly fetchWith: FetchTool;

  /** The longest that the call itself may take. */
  readonly timeoutSeconds: number;

  /** From the call on, until no traffic source sends anything new. */
  readonly delaySeconds: number;

  /** After the delay, for the requests still in flight. */
  readonly waitSeconds?: number;
}

/** Tells the server to drain, then waits. A call that fails costs none of the delay. */
export function drainEndpointPreStopCommand(options: DrainEndpointHook): string[] {
  const steps = [fetchCommand(options), `sleep ${checkSeconds('The delay', options.delaySeconds, 0)}`];
  if (options.waitSeconds !== undefined) {
    steps.push(`sleep ${checkSeconds('The wait after the delay', options.waitSeconds, 0)}`);
  }
  return ['/bin/sh', '-c', steps.join('; ')];
}
