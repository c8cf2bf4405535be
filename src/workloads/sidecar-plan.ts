import type { VolumeMount } from 'cdk8s-plus-27';
import { supports } from '../kubernetes/gates';
import { drainCommandPreStopCommand } from '../manifest/hooks/drain-command';
import type { JsonObject } from '../manifest/json';
import type { Inputs } from './inputs';
import type { Sidecar } from './sidecar';
import type { SidecarInput } from './sidecar-inputs';

/**
 * Native sidecars as plain JSON: cdk8s-plus-27 knows no `restartPolicy` of a container.
 *
 * @param arrivalsUntilSeconds from deletion until no traffic source sends anything new
 */
export function sidecarsJson(inputs: Inputs, arrivalsUntilSeconds: number): readonly JsonObject[] {
  return inputs.sidecars.map((input) => sidecarJson(inputs, input, arrivalsUntilSeconds));
}

/** The drain command only starts the drain: what it needs beyond this is taken from it. */
const DRAIN_COMMAND_SECONDS = 5;

function sidecarJson(inputs: Inputs, input: SidecarInput, arrivalsUntilSeconds: number): JsonObject {
  const { sidecar } = input;
  const { name, image, command, args, port, env, readinessPath, startupPath } = sidecar;
  return present({
    name,
    image,
    restartPolicy: 'Always',
    imagePullPolicy: 'IfNotPresent',
    command,
    args,
    env: env && Object.entries(env).map(([key, value]) => ({ name: key, value })),
    ports: port === undefined ? undefined : [{ containerPort: port }],
    volumeMounts: sidecar.volumeMounts?.map(mountJson),
    lifecycle: lifecycleOf(inputs, input, arrivalsUntilSeconds),
    readinessProbe:
      readinessPath === undefined ? undefined : { httpGet: { path: readinessPath, port }, periodSeconds: 5 },
    startupProbe:
      startupPath === undefined
        ? undefined
        : { httpGet: { path: startupPath, port }, periodSeconds: 1, failureThreshold: 60 },
    securityContext: securityContextOf(inputs, sidecar),
  });
}

function lifecycleOf(
  inputs: Inputs,
  { sidecar, preStopDelaySeconds }: SidecarInput,
  arrivalsUntilSeconds: number,
): JsonObject | undefined {
  const { drainCommand: command } = sidecar;
  if (command) {
    const delaySeconds = preStopDelaySeconds ?? arrivalsUntilSeconds;
    const hook = drainCommandPreStopCommand({ delaySeconds, limitSeconds: DRAIN_COMMAND_SECONDS, command });
    return { preStop: { exec: { command: hook } } };
  }
  return preStopDelaySeconds ? { preStop: waits(inputs, preStopDelaySeconds) } : undefined;
}

function mountJson({ path, volume, readOnly, propagation, subPath, subPathExpr }: VolumeMount): JsonObject {
  const { name } = volume;
  return present({ name, mountPath: path, readOnly, mountPropagation: propagation, subPath, subPathExpr });
}

function securityContextOf({ kind }: Inputs, { user }: Sidecar): JsonObject {
  return kind === 'web'
    ? { ...RESTRICTED, runAsUser: user ?? NOBODY_IN_PARTICULAR }
    : present({ allowPrivilegeEscalation: false, runAsUser: user });
}

/** A user that owns nothing in most images: one must be named where the image's own is root. */
export const NOBODY_IN_PARTICULAR = 10001;

/** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
export const RESTRICTED: JsonObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
};

function waits({ kubernetesVersion }: Inputs, seconds: number): JsonObject {
  return supports('sleepAction', kubernetesVersion)
    ? { sleep: { seconds } }
    : { exec: { command: ['sleep', String(seconds)] } };
}

function present(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
