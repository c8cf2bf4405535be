import { supports } from '../kubernetes/gates';
import type { JsonObject } from '../manifest/json';
import type { Inputs, SidecarInput } from './inputs';
import type { Sidecar } from './sidecar';

/** Native sidecars as plain JSON: cdk8s-plus-27 knows no `restartPolicy` of a container. */
export function sidecarsJson(inputs: Inputs): readonly JsonObject[] {
  return inputs.sidecars.map((input) => sidecarJson(inputs, input));
}

function sidecarJson(inputs: Inputs, { sidecar, preStopDelaySeconds }: SidecarInput): JsonObject {
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
    lifecycle: preStopDelaySeconds > 0 ? { preStop: waits(inputs, preStopDelaySeconds) } : undefined,
    readinessProbe:
      readinessPath === undefined ? undefined : { httpGet: { path: readinessPath, port }, periodSeconds: 5 },
    startupProbe:
      startupPath === undefined
        ? undefined
        : { httpGet: { path: startupPath, port }, periodSeconds: 1, failureThreshold: 60 },
    securityContext: securityContextOf(inputs, sidecar),
  });
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
