import type { Ingress, Service, Workload } from './fleet';
import type { TrafficSourceIntent } from './intent';
import type { Mesh } from './mesh';

/** A traffic source that the manifests show for certain, and what shows it. */
export interface InferredTraffic extends TrafficSourceIntent {
  readonly knownBy?: string;
}

const AWS_TARGETS = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const AWS_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type';
const ALB_TARGETS = 'alb.ingress.kubernetes.io/target-type';
const NEG = 'cloud.google.com/neg';

/**
 * The endpoint picker of an InferencePool, kube-proxy behind any Service, and what a mesh, annotations and Ingress classes
 * add. An Ingress whose controller nobody can tell adds nothing.
 *
 * @see kubernetes-sigs/aws-load-balancer-controller@225f44568 docs/guide/service/annotations.md and ingress/annotations.md
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing
 */
export function inferredTraffic(workload: Workload, mesh: Mesh | undefined): readonly InferredTraffic[] {
  const { services, inferencePools } = workload;
  if (services.length === 0 && inferencePools.length === 0) return NOTHING;
  let more: InferredTraffic[] | undefined;
  const add: Add = (id, knownBy, propagationSeconds) => {
    if (more?.some((source) => source.id === id)) return;
    more ??= services.length === 0 ? [] : [...KUBE_PROXY];
    more.push({ id, knownBy, propagationSeconds });
  };
  for (const { ref } of inferencePools) {
    add('inference-extension', `InferencePool ${ref.name}`, PICKER_SECONDS);
  }
  for (const service of services) {
    fromService(service, add);
    for (const ingress of service.ingresses) fromIngress(ingress, add);
  }
  if (mesh) add(mesh.id, mesh.knownBy);
  return more ?? KUBE_PROXY;
}

const NOTHING: readonly InferredTraffic[] = [];
/** Where nothing but a Service shows. */
export const KUBE_PROXY: readonly InferredTraffic[] = [{ id: 'kube-proxy' }];

/**
 * What is certain: the picker leaves a pod out as soon as it sees its deletion. The project's own manifest holds longer.
 *
 * @see kubernetes-sigs/gateway-api-inference-extension pkg/epp@84436a96
 */
const PICKER_SECONDS = 5;

type Add = (id: string, knownBy: string, propagationSeconds?: number) => void;

function fromService(service: Service, add: Add): void {
  const { annotations, ref } = service;
  if (service.type === 'LoadBalancer') {
    if (annotations[AWS_TARGETS] === 'ip') add('aws-load-balancer', `${AWS_TARGETS}: ip on Service ${ref.name}`);
    else if (annotations[AWS_TYPE] === 'nlb-ip') add('aws-load-balancer', `${AWS_TYPE}: nlb-ip on Service ${ref.name}`);
  }
  const neg = annotations[NEG];
  if (neg !== undefined && /"(ingress"\s*:\s*true|exposed_ports")/.test(neg)) {
    add('gke-neg', `${NEG} on Service ${ref.name}`);
  }
}

function fromIngress({ className, annotations, ref }: Ingress, add: Add): void {
  if (className === 'alb' && annotations[ALB_TARGETS] === 'ip') {
    add('aws-load-balancer', `${ALB_TARGETS}: ip on Ingress ${ref.name}`);
  }
  if (className === 'nginx') add('ingress-nginx', `class nginx of Ingress ${ref.name}`);
}
