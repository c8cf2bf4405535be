import { execReadinessRunsDuringTermination } from '../kubernetes/exec-readiness';
import type { KubernetesVersion } from '../kubernetes/version';
import type { Container } from './container';
import type { Hook } from './hook';
import { testedPaths } from './hooks/parse';
import { type Probe, secondsToFail } from './probe';
import type { Sigterm } from './runtime-view';

/** What turns the readiness probe false when the pod starts to go away, and when. */
export interface DrainGateView {
  readonly kind: 'marker' | 'drain-endpoint' | 'server' | 'none';
  /** The marker file. */
  readonly path?: string;
  /** Seconds from deletion until the kubelet has seen it; absent: readiness stays as it was until the container is gone. */
  readonly falseAtSeconds?: number;
  readonly why: string;
}

export function drainGateOf(
  server: Container,
  sigterm: Sigterm | undefined,
  sigtermAtSeconds: number | undefined,
  version: KubernetesVersion | undefined,
  drainEndpoint: string | undefined,
): DrainGateView {
  const readiness = server.readiness;
  if (!readiness) return { kind: 'none', why: 'there is no readiness probe' };
  const exec = readiness.kind === 'exec' ? execReadinessRunsDuringTermination(version) : undefined;

  const marker = markerOf(server, readiness);
  if (marker !== undefined) {
    return exec?.runs
      ? {
          kind: 'marker',
          path: marker,
          falseAtSeconds: secondsToFail(readiness),
          why: `preStop makes ${marker}, which the readiness probe tests`,
        }
      : { kind: 'marker', path: marker, why: exec?.why ?? '' };
  }
  if (exec && !exec.runs) return { kind: 'none', why: exec.why };
  if (drainEndpoint !== undefined && calls(server.preStop, drainEndpoint)) {
    return { kind: 'drain-endpoint', falseAtSeconds: secondsToFail(readiness), why: `preStop calls ${drainEndpoint}` };
  }
  if (sigterm && sigterm.readiness !== 'unchanged' && sigtermAtSeconds !== undefined) {
    const answer = sigterm.readiness === '503' ? 'answers 503' : 'refuses connections';
    return {
      kind: 'server',
      falseAtSeconds: sigtermAtSeconds + secondsToFail(readiness),
      why: `the server ${answer} after SIGTERM, which comes ${sigtermAtSeconds} s after deletion`,
    };
  }
  return { kind: 'none', why: 'neither preStop nor SIGTERM changes what the readiness probe sees' };
}

function calls(hook: Hook | undefined, path: string): boolean {
  return hook?.path === path || (hook?.command?.some((word) => word.includes(path)) ?? false);
}

/** The file that the container's preStop hook makes and this probe of it tests. */
export function markerOf(container: Container, probe: Probe | undefined): string | undefined {
  const touched = container.preStop?.touches ?? [];
  if (touched.length === 0 || !probe?.command) return undefined;
  const tested = testedPaths(probe.command);
  return touched.find((path) => tested.includes(path));
}
