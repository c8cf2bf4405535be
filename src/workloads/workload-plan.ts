import { EnvValue } from 'cdk8s-plus-27';
import { Assessment } from '../manifest/assessment';
import { Container } from '../manifest/container';
import { fleetOf } from '../manifest/fleet';
import { type Intent, writeIntent } from '../manifest/intent';
import type { JsonObject } from '../manifest/json';
import { type Settings, settingsOf } from '../manifest/runtime-view';
import { Checks } from './checks';
import { type DrainPlan, drainPlanOf } from './drain-plan';
import { type Inputs, SERVER_CONTAINER } from './inputs';
import { type ProbePlan, probePlanOf, readinessFailsSeconds } from './probe-plan';
import {
  type DisruptionPlan,
  disruptionOf,
  leastReplicas,
  progressDeadlineOf,
  type RollingUpdatePlan,
  rollingUpdateOf,
  type ScaleDownPlan,
  scaleDownOf,
} from './replacement-plan';
import { sidecarsJson } from './sidecar-plan';
import type { GracefulWorkloadProps } from './workload-props';

/** Everything that the construct computed, as it goes into the manifest. */
export interface WorkloadPlan {
  readonly drain: DrainPlan;
  readonly probes: ProbePlan;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly sidecars: readonly JsonObject[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly graceSeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly rollingUpdate: RollingUpdatePlan;
  readonly disruption?: DisruptionPlan;
  readonly scaleDown?: ScaleDownPlan;
}

export function workloadPlanOf(
  inputs: Inputs,
  props: GracefulWorkloadProps,
  subject: string,
  resources: JsonObject,
): WorkloadPlan {
  const checks = new Checks(subject);
  const own = ownSettings(props);
  const drain = drainPlanOf(inputs, readinessFailsSeconds(inputs), own, checks);
  const rollingUpdate = rollingUpdateOf(inputs, checks);
  checks.done();

  const plan = {
    drain,
    probes: probePlanOf(inputs, drain, own),
    ...entrypointOf(inputs, props, drain),
    env: { ...mapValues(drain.env, EnvValue.fromValue), ...props.envVariables },
    sidecars: sidecarsJson(inputs),
    annotations: writeIntent(intentOf(inputs)),
    rollingUpdate,
    disruption: disruptionOf(inputs),
  };
  const assessment = draftOf(inputs, plan, resources);
  const graceSeconds = inputs.graceSeconds ?? assessment.budget?.requiredGraceSeconds ?? 0;
  return {
    ...plan,
    graceSeconds,
    progressDeadlineSeconds: progressDeadlineOf(inputs, assessment),
    scaleDown: inputs.autoscaling && scaleDownOf(inputs, graceSeconds),
  };
}

/** What the user sets for the server, as far as its text is known at synth. */
function ownSettings(props: GracefulWorkloadProps): Settings {
  const container = new Container({ command: props.command, args: props.args }, false);
  return { env: (name) => props.envVariables?.[name]?.value as string | undefined, flag: settingsOf(container).flag };
}

function entrypointOf(
  inputs: Inputs,
  props: GracefulWorkloadProps,
  drain: DrainPlan,
): Pick<WorkloadPlan, 'command' | 'args'> {
  const { command } = inputs.runtime;
  const listen = inputs.runtime.facts?.kind === 'inference' && !props.command ? ['--port', String(inputs.port)] : [];
  const args = [...listen, ...drain.args, ...(props.args ?? [])];
  return { command: props.command ?? command, args: args.length > 0 ? args : undefined };
}

/** What cannot be read off the manifest; nothing that was derived. */
function intentOf(inputs: Inputs): Partial<Intent> {
  const drains = inputs.sidecars.filter(({ drainSeconds }) => drainSeconds > 0);
  return {
    ...inputs.runtime.intent,
    longestRequestSeconds: inputs.longestRequestSeconds,
    runtime: inputs.runtime.id,
    runtimeVersion: inputs.versionIsInTag ? undefined : inputs.version,
    imageTools: inputs.toolsAreStated && inputs.tools ? [...inputs.tools].sort() : undefined,
    trafficSources: inputs.trafficSources,
    nodeLifecycles: inputs.nodeLifecycles,
    kubernetesVersion: inputs.kubernetesVersion,
    requiredReplicas: inputs.requiredReplicas,
    coldStartSeconds: inputs.coldStartSeconds,
    spareAccelerators: inputs.spareAccelerators,
    marginSeconds: inputs.marginSeconds,
    longLivedConnections: inputs.longLivedConnections || undefined,
    drainSeconds: Object.fromEntries(drains.map(({ sidecar, drainSeconds }) => [sidecar.name, drainSeconds])),
  };
}

/** The manifest before its derived numbers are in it, assessed as any other manifest is: one arithmetic for both. */
function draftOf(
  inputs: Inputs,
  plan: Omit<WorkloadPlan, 'graceSeconds' | 'progressDeadlineSeconds' | 'scaleDown'>,
  resources: JsonObject,
): Assessment {
  const labels = { draft: 'draft' };
  const server = {
    name: SERVER_CONTAINER,
    image: inputs.image,
    command: plan.command,
    args: plan.args,
    env: Object.entries(plan.env).map(([name, { value }]) => ({ name, value })),
    ports: [{ containerPort: inputs.port }],
    lifecycle: { preStop: plan.drain.preStop },
    readinessProbe: plan.probes.readiness,
    resources,
  };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'draft', annotations: plan.annotations },
    spec: {
      replicas: leastReplicas(inputs),
      minReadySeconds: inputs.minReadySeconds,
      strategy: { rollingUpdate: plan.rollingUpdate },
      template: { metadata: { labels }, spec: { containers: [server], initContainers: plan.sidecars } },
    },
  };
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'draft' }, spec: { selector: labels } };
  const [workload] = fleetOf([{ json: deployment }, { json: service }]).workloads;
  return new Assessment(workload as NonNullable<typeof workload>);
}

function mapValues<T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
