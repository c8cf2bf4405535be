import { EnvValue } from 'cdk8s-plus-27';
import { Assessment } from '../manifest/assessment';
import { Container } from '../manifest/container';
import { Service, Workload } from '../manifest/fleet';
import { drainCommandPreStopCommand } from '../manifest/hooks/drain-command';
import { parseHook } from '../manifest/hooks/parse';
import { imageOf } from '../manifest/image';
import { programsIn } from '../manifest/image-programs';
import { type Intent, writeIntent } from '../manifest/intent';
import type { JsonObject } from '../manifest/json';
import { staysAnnotation } from '../manifest/mesh-proxy';
import { type Settings, settingsOf } from '../manifest/runtime-view';
import { Checks } from './checks';
import { type DrainPlan, drainPlanOf } from './drain-plan';
import type { Inputs } from './inputs';
import { middlewareArgs, middlewareEnv } from './middleware';
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
import { SERVER_CONTAINER } from './sidecar-inputs';
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
  /** Of the pod: what lets an injected mesh proxy stay long enough. */
  readonly podAnnotations: Readonly<Record<string, string>>;
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
  const env = envOf(inputs, props, drain, checks);
  checks.done();

  const draft = {
    drain,
    probes: probePlanOf(inputs, drain, own),
    command: props.command ?? inputs.runtime.command,
    args: argsOf(inputs, props, drain),
    env,
    sidecars: sidecarsJson(inputs, drain.delaySeconds),
    annotations: writeIntent(intentOf(inputs)),
    rollingUpdate,
  };
  const assessment = assessDraft(inputs, draft, resources);
  const graceSeconds = inputs.graceSeconds ?? assessment.budget?.requiredGraceSeconds ?? 0;
  const mains = assessment.budget?.containers.filter(({ sidecar }) => !sidecar) ?? [];
  const doneSeconds = Math.ceil(Math.max(0, ...mains.map(({ endSeconds }) => endSeconds)));
  return {
    ...draft,
    podAnnotations: Object.assign(
      {},
      ...assessment.traffic.proxies.map(({ proxy }) => staysAnnotation(proxy, doneSeconds)),
    ),
    graceSeconds,
    progressDeadlineSeconds: progressDeadlineOf(inputs, assessment),
    disruption: disruptionOf(inputs),
    scaleDown: inputs.autoscaling && scaleDownOf(inputs, graceSeconds),
  };
}

/** What the user sets for the server, as far as its text is known at synth. */
function ownSettings(props: GracefulWorkloadProps): Settings {
  const container = new Container({ command: props.command, args: props.args }, false);
  return { env: (name) => props.envVariables?.[name]?.value as string | undefined, flag: settingsOf(container).flag };
}

function argsOf(inputs: Inputs, props: GracefulWorkloadProps, drain: DrainPlan): readonly string[] | undefined {
  const { command, args: own = [] } = inputs.runtime;
  const composed = props.command === undefined && (command !== undefined || own.length > 0);
  const listen = composed ? [...own, ...portArgs(inputs), ...middlewareArgs(inputs)] : [];
  const args = [...listen, ...drain.args, ...(props.args ?? [])];
  return args.length > 0 ? args : undefined;
}

/** A flag where the command line is the library's, as the flag is what counts. */
function portArgs({ runtime, port }: Inputs): readonly string[] {
  const flag = runtime.facts?.portSetting?.value.flag;
  return flag === undefined ? [] : [flag, String(port)];
}

function envOf(
  inputs: Inputs,
  props: GracefulWorkloadProps,
  drain: DrainPlan,
  checks: Checks,
): Readonly<Record<string, EnvValue>> {
  const env: Record<string, EnvValue> = {};
  const { env: name, flag, format } = inputs.runtime.facts?.portSetting?.value ?? {};
  if (name !== undefined && flag === undefined) {
    env[name] = EnvValue.fromValue(format === 'address' ? `0.0.0.0:${inputs.port}` : String(inputs.port));
  }
  for (const name in drain.env) env[name] = EnvValue.fromValue(drain.env[name] as string);
  return { ...env, ...props.envVariables, ...middlewareEnv(inputs, props, checks) };
}

/** What cannot be read off the manifest; nothing that was derived. */
function intentOf(inputs: Inputs): Partial<Intent> {
  const drains = inputs.sidecars.filter(({ drainSeconds }) => drainSeconds > 0);
  return {
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
    containerTools: toolsOfProxy(inputs),
    drainSeconds: Object.fromEntries(drains.map(({ sidecar, drainSeconds }) => [sidecar.name, drainSeconds])),
    ...inputs.runtime.intent,
  };
}

/** Whoever gives a drain command says that the image has what runs it. */
function toolsOfProxy({ proxy }: Inputs): Intent['containerTools'] {
  if (!proxy?.sidecar.drainCommand) return undefined;
  const { name, image, drainCommand } = proxy.sidecar;
  if (programsIn(imageOf(image), undefined)) return undefined;
  const { tools } = parseHook(drainCommandPreStopCommand({ delaySeconds: 0, limitSeconds: 1, command: drainCommand }));
  return { [name]: [...tools].sort() };
}

type Draft = Omit<
  WorkloadPlan,
  'graceSeconds' | 'podAnnotations' | 'progressDeadlineSeconds' | 'disruption' | 'scaleDown'
>;

/** The manifest before its derived numbers are in it, assessed as any other manifest is: one arithmetic for both. */
function assessDraft(inputs: Inputs, plan: Draft, resources: JsonObject): Assessment {
  const { targetPort: port } = inputs;
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
      template: { spec: { containers: [server], initContainers: plan.sidecars } },
    },
  };
  const workload = new Workload({ json: deployment });
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'draft' }, spec: { ports: [{ port }] } };
  workload.services.push(new Service({ json: service }));
  return new Assessment(workload);
}
