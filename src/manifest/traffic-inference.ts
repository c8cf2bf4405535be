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
 * kube-proxy behind any Service, and what a mesh, annotations and Ingress classes add. An Ingress whose controller nobody can
 * tell adds nothing.
 *
 * @see kubernetes-sigs/aws-load-balancer-controller@225f44568 docs/guide/service/annotations.md and ingress/annotations.md
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing
 */
export function inferredTraffic(workload: Workload, mesh: Mesh | undefined): readonly InferredTraffic[] {
  if (workload.services.length === 0) return NOTHING;
  let more: InferredTraffic[] | undefined;
  const add = (id: string, knownBy: string) => {
    if (more?.some((source) => source.id === id)) return;
    more ??= [...KUBE_PROXY];
    more.push({ id, knownBy });
  };
  for (const service of workload.services) {
    fromService(service, add);
    for (const ingress of service.ingresses) fromIngress(ingress, add);
  }
  if (mesh) add(mesh.id, mesh.knownBy);
  return more ?? KUBE_PROXY;
}

const NOTHING: readonly InferredTraffic[] = [];
/** Where nothing but a Service shows. */
export const KUBE_PROXY: readonly InferredTraffic[] = [{ id: 'kube-proxy' }];

type Add = (id: string, knownBy: string) => void;

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
