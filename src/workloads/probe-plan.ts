import { ASSUMED_COLD_START_SECONDS } from '../manifest/assessment';
import { markerReadinessCommand } from '../manifest/hooks/marker';
import type { JsonObject } from '../manifest/json';
import type { Settings } from '../manifest/runtime-view';
import type { DrainPlan } from './drain-plan';
import type { Inputs, ProbeInput } from './inputs';

/** The three probes of the server. */
export interface ProbePlan {
  readonly readiness: JsonObject;
  readonly liveness?: JsonObject;
  readonly startup: JsonObject;
}

const READINESS_FAILURES = 3;
const LIVENESS_FAILURES = 6;

/** What a container that hangs, or never started, is given to end: it has no request left to finish. */
const RESTART_GRACE_SECONDS = 10;

export function readinessFailsSeconds({ readiness }: Inputs): number {
  return readiness.periodSeconds * (readiness.failureThreshold ?? READINESS_FAILURES) + readiness.timeoutSeconds;
}

export function probePlanOf(inputs: Inputs, drain: DrainPlan, own: Settings): ProbePlan {
  const { readiness, liveness, startup, port } = inputs;
  const coldStart = inputs.coldStartSeconds ?? ASSUMED_COLD_START_SECONDS;
  const startupPath =
    startup.path ?? (inputs.kind === 'inference' ? readiness.path : (liveness.path ?? readiness.path));
  const livenessPath = openToProbes(inputs, own, liveness.path) ? liveness.path : undefined;
  return {
    readiness: probeJson(readinessAction(inputs, drain), readiness, READINESS_FAILURES),
    liveness:
      livenessPath === undefined
        ? undefined
        : probeJson(asks(livenessPath, port), liveness, LIVENESS_FAILURES, RESTART_GRACE_SECONDS),
    startup: probeJson(
      asks(startupPath, port),
      startup,
      Math.ceil(coldStart / startup.periodSeconds),
      RESTART_GRACE_SECONDS,
    ),
  };
}

/** What a probe does: one of the three. */
interface Action {
  readonly exec?: JsonObject;
  readonly httpGet?: JsonObject;
  readonly tcpSocket?: JsonObject;
}

function readinessAction({ readiness, port }: Inputs, { markerPath, fetchWith }: DrainPlan): Action {
  if (markerPath === undefined || fetchWith === undefined || readiness.path === undefined)
    return asks(readiness.path, port);
  // The request gives up before the kubelet does, which would otherwise leave it running.
  const timeoutSeconds = Math.max(1, readiness.timeoutSeconds - 1);
  const url = `http://127.0.0.1:${port}${readiness.path}`;
  return { exec: { command: markerReadinessCommand({ path: markerPath, url, timeoutSeconds, fetchWith }) } };
}

function asks(path: string | undefined, port: number): Action {
  return path === undefined ? { tcpSocket: { port } } : { httpGet: { path, port } };
}

function probeJson(
  { exec, httpGet, tcpSocket }: Action,
  probe: ProbeInput,
  defaultFailureThreshold: number,
  terminationGracePeriodSeconds?: number,
): JsonObject {
  const { periodSeconds, timeoutSeconds, failureThreshold = defaultFailureThreshold } = probe;
  return { exec, httpGet, tcpSocket, periodSeconds, timeoutSeconds, failureThreshold, terminationGracePeriodSeconds };
}

/** A path behind an API key answers 401 to the kubelet, and the container would be restarted for ever. */
function openToProbes({ runtime }: Inputs, own: Settings, path: string | undefined): boolean {
  const key = runtime.facts?.apiKey?.value;
  return (
    path !== undefined &&
    (!key || own.flag(key.flag) === undefined || key.openPathPrefixes.some((prefix) => path.startsWith(prefix)))
  );
}
