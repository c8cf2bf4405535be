import { ApiObject, type ApiObjectMetadata, Duration, type Size } from 'cdk8s';
import {
  ConfigMap,
  type Container,
  type ContainerSecurityContextProps,
  Deployment,
  DeploymentStrategy,
  EmptyDirMedium,
  type EmptyDirVolumeOptions,
  HorizontalPodAutoscaler,
  ImagePullPolicy,
  k8s,
  Metric,
  MetricTarget,
  PercentOrAbsolute,
  Replicas,
  Service,
  Volume,
  type VolumeMount,
} from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { supports } from '../kubernetes/gates';
import { AppJudge } from '../synth/app-judge';
import { finalize } from '../synth/final-json';
import type { Accelerator } from './accelerator';
import { amendmentOf } from './amendment';
import { Checks } from './checks';
import type { Inputs } from './inputs';
import { MIDDLEWARE_FOLDER, middlewareFiles } from './middleware';
import type { DisruptionPlan } from './replacement-plan';
import { SERVER_CONTAINER } from './sidecar-inputs';
import { NOBODY_IN_PARTICULAR } from './sidecar-plan';
import { type WorkloadPlan, workloadPlanOf } from './workload-plan';
import type { GracefulWorkloadProps } from './workload-props';

/** The Kubernetes objects of one workload. */
export interface WorkloadParts {
  readonly deployment: Deployment;
  readonly container: Container;
  readonly service: Service;
  readonly podDisruptionBudget?: k8s.KubePodDisruptionBudget;
  readonly autoscaler?: HorizontalPodAutoscaler;
  readonly objects: readonly ApiObject[];
}

/** What the two constructs give beyond the properties that they share. */
export interface PartOptions {
  readonly accelerator?: Accelerator;
  readonly sharedMemory?: Size;
}

interface DeploymentOptions extends PartOptions {
  readonly middleware?: ConfigMap;
}

export function buildParts(
  scope: Construct,
  inputs: Inputs,
  props: GracefulWorkloadProps,
  options: PartOptions,
): WorkloadParts {
  const { accelerator } = options;
  const subject = `${scope.constructor.name} '${scope.node.path}'`;
  const limits = accelerator && { [accelerator.resourceName]: accelerator.count };
  const plan = workloadPlanOf(inputs, props, subject, { limits });

  const metadata: ApiObjectMetadata = { namespace: props.metadata?.namespace };
  const middleware =
    inputs.runtime.closesConnections === true
      ? new ConfigMap(scope, 'Middleware', { metadata, data: { ...middlewareFiles } })
      : undefined;

  const deployment = deploymentOf(scope, inputs, props, plan, { ...options, middleware });
  const container = deployment.containers[0] as Container;
  addVolumesOfSidecars(inputs, deployment, container);
  const service = new Service(scope, 'Service', {
    metadata,
    selector: deployment,
    ports: [{ port: inputs.servicePort, targetPort: inputs.targetPort }],
  });
  const podDisruptionBudget =
    plan.disruption && disruptionBudgetOf(scope, inputs, plan.disruption, deployment, metadata);
  const autoscaler =
    inputs.autoscaling && plan.scaleDown && autoscalerOf(scope, inputs, props, plan, deployment, metadata);

  checkNames(subject, deployment, service);
  finalize(ApiObject.of(deployment), amendmentOf(inputs, plan, accelerator, props.nodeSelector));
  const others = [service, podDisruptionBudget, autoscaler]
    .filter((part) => part !== undefined)
    .map((part) => ApiObject.of(part));
  for (const other of others) finalize(other);
  if (middleware) finalize(ApiObject.of(middleware));
  const objects = [ApiObject.of(deployment), ...others];
  AppJudge.of(scope).register(scope, ...objects);
  return { deployment, container, service, podDisruptionBudget, autoscaler, objects };
}

function deploymentOf(
  scope: Construct,
  inputs: Inputs,
  props: GracefulWorkloadProps,
  plan: WorkloadPlan,
  options: DeploymentOptions,
): Deployment {
  const web = inputs.kind === 'web';
  return new Deployment(scope, 'Resource', {
    metadata: { ...props.metadata, annotations: { ...props.metadata?.annotations, ...plan.annotations } },
    podMetadata: podMetadataOf(props, plan),
    replicas: inputs.autoscaling ? undefined : inputs.replicas,
    strategy: DeploymentStrategy.rollingUpdate({
      maxSurge: percentOrAbsolute(plan.rollingUpdate.maxSurge),
      maxUnavailable: percentOrAbsolute(plan.rollingUpdate.maxUnavailable),
    }),
    minReady: Duration.seconds(inputs.minReadySeconds),
    progressDeadline: Duration.seconds(plan.progressDeadlineSeconds),
    terminationGracePeriod: Duration.seconds(plan.graceSeconds),
    serviceAccount: props.serviceAccount,
    automountServiceAccountToken: props.automountServiceAccountToken ?? false,
    securityContext: { ensureNonRoot: props.securityContext?.ensureNonRoot ?? web },
    containers: [
      {
        name: SERVER_CONTAINER,
        image: inputs.image,
        imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
        ports: [{ number: inputs.port }],
        command: plan.command && [...plan.command],
        args: plan.args && [...plan.args],
        envVariables: { ...plan.env },
        resources: props.resources ?? {},
        securityContext: securityContextOf(inputs, props.securityContext),
        volumeMounts: mountsOf(scope, inputs, props, plan, options),
      },
    ],
  });
}

function podMetadataOf({ podMetadata }: GracefulWorkloadProps, { podAnnotations }: WorkloadPlan): typeof podMetadata {
  if (Object.keys(podAnnotations).length === 0) return podMetadata;
  return { ...podMetadata, annotations: { ...podAnnotations, ...podMetadata?.annotations } };
}

function securityContextOf(inputs: Inputs, given: ContainerSecurityContextProps = {}): ContainerSecurityContextProps {
  return inputs.kind === 'web'
    ? {
        user: inputs.knownImage?.runAsUser ?? NOBODY_IN_PARTICULAR,
        ensureNonRoot: true,
        readOnlyRootFilesystem: true,
        ...given,
      }
    : { ensureNonRoot: false, readOnlyRootFilesystem: false, ...given };
}

/** The user's volumes, and one for each path that must be writable and that none of them covers. */
function mountsOf(
  scope: Construct,
  inputs: Inputs,
  props: GracefulWorkloadProps,
  plan: WorkloadPlan,
  options: DeploymentOptions,
): VolumeMount[] {
  const mounts: VolumeMount[] = [...(props.volumeMounts ?? [])];
  const mount = (path: string, name: string, options: EmptyDirVolumeOptions = {}) => {
    if (mounts.some((other) => other.path === path)) return;
    mounts.push({ path, volume: Volume.fromEmptyDir(scope, name, name, options) });
  };
  const readOnly = securityContextOf(inputs, props.securityContext).readOnlyRootFilesystem;
  const writable = readOnly ? (inputs.runtime.writablePaths ?? inputs.runtime.facts?.writablePaths.value ?? []) : [];
  for (const path of writable) mount(path, `writable${path.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`);
  if (plan.drain.markerPath !== undefined) {
    mount(plan.drain.markerPath.slice(0, plan.drain.markerPath.lastIndexOf('/')), 'drain-marker');
  }
  if (options.middleware) {
    const volume = Volume.fromConfigMap(scope, 'middleware', options.middleware, { name: 'middleware' });
    mounts.push({ path: MIDDLEWARE_FOLDER, volume, readOnly: true });
  }
  if (options.sharedMemory) {
    mount('/dev/shm', 'shared-memory', { medium: EmptyDirMedium.MEMORY, sizeLimit: options.sharedMemory });
  }
  return mounts;
}

/** Those that the server mounts as well come with it. */
function addVolumesOfSidecars({ sidecars }: Inputs, deployment: Deployment, server: Container): void {
  const mounted = new Set(server.mounts.map(({ volume }) => volume));
  const own = sidecars.flatMap(({ sidecar }) => sidecar.volumeMounts?.map(({ volume }) => volume) ?? []);
  for (const volume of new Set(own)) if (!mounted.has(volume)) deployment.addVolume(volume);
}

function disruptionBudgetOf(
  scope: Construct,
  inputs: Inputs,
  { maxUnavailable, minAvailable }: DisruptionPlan,
  deployment: Deployment,
  metadata: ApiObjectMetadata,
): k8s.KubePodDisruptionBudget {
  return new k8s.KubePodDisruptionBudget(scope, 'PodDisruptionBudget', {
    metadata,
    spec: {
      maxUnavailable: intOrString(maxUnavailable),
      minAvailable: intOrString(minAvailable),
      unhealthyPodEvictionPolicy: supports('unhealthyPodEvictionPolicy', inputs.kubernetesVersion)
        ? 'AlwaysAllow'
        : undefined,
      selector: { matchLabels: deployment.matchLabels },
    },
  });
}

function autoscalerOf(
  scope: Construct,
  inputs: Inputs,
  props: GracefulWorkloadProps,
  plan: WorkloadPlan,
  deployment: Deployment,
  metadata: ApiObjectMetadata,
): HorizontalPodAutoscaler {
  const { minReplicas, maxReplicas } = inputs.autoscaling as NonNullable<Inputs['autoscaling']>;
  const { stabilizationSeconds, pods, periodSeconds } = plan.scaleDown as NonNullable<WorkloadPlan['scaleDown']>;
  return new HorizontalPodAutoscaler(scope, 'Autoscaler', {
    metadata,
    target: deployment,
    minReplicas,
    maxReplicas,
    metrics: props.autoscaling?.metrics ?? [Metric.resourceCpu(MetricTarget.averageUtilization(70))],
    scaleDown: {
      stabilizationWindow: Duration.seconds(stabilizationSeconds),
      policies: [{ replicas: Replicas.absolute(pods), duration: Duration.seconds(periodSeconds) }],
    },
  });
}

/** Names come from construct ids, which may hold what no Kubernetes name may. */
function checkNames(subject: string, deployment: Deployment, service: Service): void {
  const checks = new Checks(subject);
  checks.dnsSubdomain('the name of the Deployment', deployment.name);
  checks.serviceName('the name of the Service', service.name);
  checks.done();
}

function percentOrAbsolute(value: number | string): PercentOrAbsolute {
  return typeof value === 'number'
    ? PercentOrAbsolute.absolute(value)
    : PercentOrAbsolute.percent(Number.parseFloat(value));
}

function intOrString(value: number | string | undefined): k8s.IntOrString | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
