import { LEAST_KUBERNETES_MINOR, supports } from '../kubernetes/gates';
import { type KubernetesVersion, parseKubernetesVersion } from '../kubernetes/version';
import { imageOf } from '../manifest/image';
import type { NodeLifecycleIntent, TrafficSourceIntent } from '../manifest/intent';
import { isBelowMinimum, parseVersion, runtimeOfImage } from '../runtimes';
import type { RuntimeImage, Tool } from '../runtimes/runtime';
import { Checks } from './checks';
import type { DrainGate } from './drain-gate';
import type { DrainStrategy } from './drain-strategy';
import type { RuntimeSpec } from './runtime-spec';
import { type SidecarInput, sidecarsOf } from './sidecar-inputs';
import type { GracefulWorkloadProps, ProbeOptions } from './workload-props';

/** The properties of a construct, checked and in plain numbers. */
export interface Inputs {
  readonly kind: 'web' | 'inference';
  readonly image: string;
  /** The public image that this is, where that is certain. */
  readonly knownImage?: RuntimeImage;
  readonly runtime: RuntimeSpec;
  readonly version?: string;
  readonly versionIsInTag: boolean;
  readonly tools?: ReadonlySet<Tool>;
  readonly toolsAreStated: boolean;
  readonly port: number;
  /** Where the Service leads: to the server, or to the sidecar in front of it. */
  readonly targetPort: number;
  readonly servicePort: number;
  readonly longestRequestSeconds: number;
  readonly replicas: number;
  readonly autoscaling?: {
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly stabilizationSeconds?: number;
  };
  readonly requiredReplicas?: number;
  readonly coldStartSeconds?: number;
  readonly trafficSources?: readonly TrafficSourceIntent[];
  readonly nodeLifecycles?: readonly NodeLifecycleIntent[];
  readonly kubernetesVersion?: KubernetesVersion;
  readonly drainGate?: DrainGate;
  readonly drainStrategy?: DrainStrategy;
  readonly preStopDelaySeconds?: number;
  readonly graceSeconds?: number;
  readonly marginSeconds?: number;
  readonly sidecars: readonly SidecarInput[];
  /** The one of them that stands in front of the server. */
  readonly proxy?: SidecarInput;
  readonly longLivedConnections: boolean;
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly spareAccelerators?: number;
  readonly acceleratorsPerPod: number;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds?: number;
  readonly budget: { readonly maxUnavailable?: number | string; readonly minAvailable?: number | string };
  readonly readiness: ProbeInput;
  readonly liveness: ProbeInput;
  readonly startup: ProbeInput;
}

export interface ProbeInput {
  readonly path?: string;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold?: number;
}

/** What only one of the two constructs asks. */
export interface Particulars {
  readonly kind: 'web' | 'inference';
  readonly subject: string;
  readonly runtime: RuntimeSpec;
  readonly acceleratorsPerPod: number;
  readonly spareAccelerators?: number;
}

/** Checks all properties, and throws one error that names everything that is wrong with them. */
export function inputsOf(props: GracefulWorkloadProps, particulars: Particulars): Inputs {
  const checks = new Checks(particulars.subject);
  const { kind, runtime } = particulars;
  checks.image('image', props.image);

  const recognised = runtimeOfImage(props.image);
  const own = recognised?.facts.id === runtime.facts?.id ? recognised : undefined;
  const version = runtime.version ?? own?.version;
  checkVersion(checks, runtime, version, props.image);
  const tools = props.imageTools ?? own?.image.tools ?? own?.facts.tools?.value;

  const port = props.port ?? runtime.port ?? own?.image.port ?? runtime.facts?.port?.value;
  if (port === undefined) checks.refuse(`port is not given, and ${runtime.title} has no port of its own`);
  else checks.port('port', port);
  checkRoot(checks, runtime, own?.image, props, port);
  if (own?.facts.refusedImages) {
    checks.refuse(`image ${props.image} cannot be shut down gracefully: ${own.facts.refusedImages.value}`);
  }
  if (props.servicePort !== undefined) checks.port('servicePort', props.servicePort);

  const longestRequestSeconds = checks.seconds('longestRequest', props.longestRequest, 1) ?? 1;
  const autoscaling = autoscalingOf(checks, props, kind);
  if (props.autoscaling && props.replicas !== undefined)
    checks.refuse('replicas and autoscaling are both given: an autoscaler owns the replicas');
  const kubernetesVersion = kubernetesVersionOf(checks, props.kubernetesVersion);
  if (props.sidecars?.length && !supports('nativeSidecars', kubernetesVersion)) {
    checks.refuse(
      `sidecars are native sidecars, which Kubernetes has from 1.29 on; kubernetesVersion is ${props.kubernetesVersion}`,
    );
  }
  if (runtime.drainEndpoint !== undefined) checks.urlPath('drainEndpoint', runtime.drainEndpoint);
  if (runtime.gauges) {
    if (runtime.gauges.port !== undefined) checks.port('metricsPort', runtime.gauges.port);
    checks.urlPath('metricsPath', runtime.gauges.path);
    checks.gauges('inFlightGauges', runtime.gauges.names);
  }
  if (props.drainGate?._kind === 'marker' && props.drainGate._path !== undefined) {
    checks.filePath('drainGate: the directory of the marker', props.drainGate._path);
  }
  if (props.drainGate?._kind === 'endpoint') checks.urlPath('drainGate: the endpoint', props.drainGate._path);
  for (const path of runtime.writablePaths ?? []) checks.filePath('writablePaths', path);
  const budget = {
    maxUnavailable: checks.intOrPercent('disruptionBudget.maxUnavailable', props.disruptionBudget?.maxUnavailable),
    minAvailable: checks.intOrPercent('disruptionBudget.minAvailable', props.disruptionBudget?.minAvailable),
  };
  if (budget.maxUnavailable !== undefined && budget.minAvailable !== undefined) {
    checks.refuse('disruptionBudget has both maxUnavailable and minAvailable: the API server takes one of them');
  }
  checks.count('shutdownPhases', runtime.intent.shutdownPhases, 1);

  const sidecars = sidecarsOf(checks, props.sidecars ?? [], port);
  const proxy = sidecars.find(({ sidecar }) => sidecar.inFront);
  const targetPort = proxy?.sidecar.port ?? port ?? 1;

  const inputs: Inputs = {
    kind,
    image: props.image,
    knownImage: own?.image,
    runtime,
    version,
    versionIsInTag: own?.version !== undefined && own.version === version,
    tools: tools && new Set(tools as readonly Tool[]),
    toolsAreStated: props.imageTools !== undefined,
    port: port ?? 1,
    targetPort,
    servicePort: props.servicePort ?? targetPort,
    longestRequestSeconds,
    replicas: checks.count('replicas', props.replicas, 1) ?? 2,
    autoscaling,
    requiredReplicas: checks.count('requiredReplicas', props.requiredReplicas),
    coldStartSeconds: checks.seconds('coldStart', props.coldStart, 1),
    trafficSources: props.trafficSources?.map((source) => source._intent),
    nodeLifecycles: props.nodeLifecycles?.map((lifecycle) => lifecycle._intent),
    kubernetesVersion,
    drainGate: props.drainGate,
    drainStrategy: props.drainStrategy,
    preStopDelaySeconds: checks.seconds('preStopDelay', props.preStopDelay),
    graceSeconds: checks.seconds('terminationGracePeriod', props.terminationGracePeriod),
    marginSeconds: checks.seconds('margin', props.margin, LEAST_MARGIN_SECONDS),
    sidecars,
    proxy,
    longLivedConnections: props.longLivedConnections ?? false,
    maxSurge: checks.intOrPercent('maxSurge', props.maxSurge),
    maxUnavailable: checks.intOrPercent('maxUnavailable', props.maxUnavailable),
    spareAccelerators: checks.count('spareAccelerators', particulars.spareAccelerators),
    acceleratorsPerPod: particulars.acceleratorsPerPod,
    minReadySeconds: checks.seconds('minReady', props.minReady) ?? 0,
    progressDeadlineSeconds: checks.seconds('progressDeadline', props.progressDeadline, 1),
    budget,
    readiness: probeOf(
      checks,
      'readiness',
      props.readiness,
      kind === 'web' ? [5, 1] : [5, 5],
      runtime.readinessPath ?? probedPath(runtime, 'readinessPath'),
    ),
    liveness: probeOf(
      checks,
      'liveness',
      props.liveness,
      [10, 5],
      runtime.livenessPath ?? probedPath(runtime, 'livenessPath'),
    ),
    startup: probeOf(checks, 'startup', props.startup, [5, 5], undefined),
  };
  checks.done();
  return inputs;
}

function checkVersion(checks: Checks, runtime: RuntimeSpec, version: string | undefined, image: string): void {
  const { facts, title } = runtime;
  if (!facts) return;
  if (version === undefined && facts.images.value.length > 0 && facts.versions.length > 1) {
    const { tag } = imageOf(image);
    checks.refuse(
      `the ${tag ? `tag '${tag}'` : 'reference'} of image ${image} gives no version of ${title}; state it as version`,
    );
  }
  if (version !== undefined && parseVersion(version) === undefined) {
    checks.refuse(`'${version}' is not a version of ${title} such as ${facts.checkedVersion?.value ?? '1.2'}.0`);
  }
  if (isBelowMinimum(facts, version)) {
    checks.refuse(
      `${title} ${version} is older than ${facts.minimumVersion?.value}, the first that can shut down gracefully here`,
    );
  }
}

/** A port that only root may open, where the image or the server's own default chose it. */
function checkRoot(
  checks: Checks,
  { facts, title, port: stated }: RuntimeSpec,
  image: RuntimeImage | undefined,
  props: GracefulWorkloadProps,
  port: number | undefined,
): void {
  const byDefault = props.port === undefined && stated === undefined;
  if (port === undefined || port >= 1024 || !(image?.needsRoot || (byDefault && facts))) return;
  const instead = (image ?? facts?.images.value.find(({ insteadOfRoot }) => insteadOfRoot))?.insteadOfRoot;
  checks.refuse(
    `${image ? `image ${props.image}` : title} listens on port ${port} as root; ${instead ?? 'let it listen on a port above 1023 and give that as port'}`,
  );
}

export function kubernetesVersionOf(checks: Checks, text: string | undefined): KubernetesVersion | undefined {
  if (text === undefined) return undefined;
  const version = parseKubernetesVersion(text);
  if (!version) checks.refuse(`kubernetesVersion is '${text}', not a version such as 1.34 or 1.36.3`);
  else if (version.minor < LEAST_KUBERNETES_MINOR)
    checks.refuse(`kubernetesVersion is ${text}, at least 1.${LEAST_KUBERNETES_MINOR} is needed`);
  return version;
}

function autoscalingOf(checks: Checks, props: GracefulWorkloadProps, kind: Inputs['kind']): Inputs['autoscaling'] {
  const given = props.autoscaling;
  if (!given) return undefined;
  const minReplicas = checks.count('autoscaling.minReplicas', given.minReplicas, 1) ?? 1;
  const maxReplicas = checks.count('autoscaling.maxReplicas', given.maxReplicas, 1) ?? 1;
  if (given.metrics === undefined && kind === 'inference') {
    checks.refuse(
      'autoscaling.metrics is not given: the CPU, which is the default elsewhere, says nothing of the load of an accelerator',
    );
  } else if (given.metrics === undefined && props.resources?.cpu?.request === undefined) {
    checks.refuse('autoscaling scales on the CPU, which needs resources.cpu.request; give that, or other metrics');
  }
  if (minReplicas > maxReplicas)
    checks.refuse(`autoscaling.minReplicas ${minReplicas} is above maxReplicas ${maxReplicas}`);
  const stabilizationSeconds = checks.seconds('autoscaling.scaleDownStabilization', given.scaleDownStabilization);
  if (stabilizationSeconds !== undefined && stabilizationSeconds > 3600) {
    checks.refuse(`autoscaling.scaleDownStabilization is ${stabilizationSeconds} s, Kubernetes takes at most 3600 s`);
  }
  return { minReplicas, maxReplicas, stabilizationSeconds };
}

function probedPath({ facts }: RuntimeSpec, name: 'readinessPath' | 'livenessPath'): string | undefined {
  return facts?.probePort ? undefined : facts?.[name]?.value;
}

function probeOf(
  checks: Checks,
  name: string,
  given: ProbeOptions | undefined,
  [period, timeout]: readonly [number, number],
  path: string | undefined,
): ProbeInput {
  checks.urlPath(`${name}.path`, given?.path ?? path);
  return {
    path: given?.path ?? path,
    periodSeconds: checks.seconds(`${name}.period`, given?.period, 1) ?? period,
    timeoutSeconds: checks.seconds(`${name}.timeout`, given?.timeout, 1) ?? timeout,
    failureThreshold: checks.count(`${name}.failureThreshold`, given?.failureThreshold, 1),
  };
}

/** With less, what is left after preStop could be the two seconds that every container gets anyway. */
const LEAST_MARGIN_SECONDS = 3;
