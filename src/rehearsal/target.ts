import { Assessment } from '../manifest/assessment';
import { fleetOf, type Service, type SourceObject, type Workload } from '../manifest/fleet';
import { isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt, textsAt } from '../manifest/json';
import { Problem } from '../problem';
import type { Finding } from '../rules/finding';
import { judge } from '../rules/judge';
import type { Kubectl } from './kubectl';
import type { RehearsalOptions } from './options';

/** The Deployment that is rehearsed, the Service through which it gets its load, and what is to be expected of it. */
export interface Target {
  readonly namespace: string;
  readonly deployment: string;
  readonly replicas: number;
  readonly selector: string;
  /** Absent: no Service selects the pods. */
  readonly service?: string;
  /** Where the load goes; absent: there is none, and `withoutLoad` says why. */
  readonly port?: number;
  readonly withoutLoad?: string;
  readonly assessment: Assessment;
  readonly findings: readonly Finding[];
}

const COMPANIONS = 'services,poddisruptionbudgets,horizontalpodautoscalers';

/** Reads the Deployment as it is in the cluster, with what is beside it in its namespace. */
export async function liveTarget(
  kubectl: Kubectl,
  namespace: string,
  name: string,
  options: RehearsalOptions,
): Promise<Target> {
  const deployment = await kubectl.json(['get', 'deployment', name, '-n', namespace]);
  const companions = await kubectl.json(['get', COMPANIONS, '-n', namespace]);
  return targetOf([deployment, ...objectsAt(companions, 'items')].filter(isObject), name, namespace, options);
}

export function targetOf(
  objects: readonly JsonObject[],
  name: string,
  namespace: string,
  options: Pick<RehearsalOptions, 'service' | 'port' | 'noLoad' | 'loadNamed'>,
): Target {
  const sources: SourceObject[] = objects.map((json) => ({ json }));
  const workload = fleetOf(sources).workloads.find((each) => each.ref.name === name);
  if (!workload) throw new Problem(`there is no Deployment ${name} in namespace ${namespace}`);
  const replicas = workload.replicas ?? 1;
  if (replicas === 0) throw new Problem(`Deployment ${name} has 0 replicas: there is nothing to send away`);
  const service = serviceOf(workload, options);
  return {
    namespace,
    deployment: name,
    replicas,
    selector: selectorText(objectAt(workload.spec('selector')), name),
    service: service?.ref.name,
    port: service && !options.noLoad ? (options.port ?? firstPort(service)) : undefined,
    withoutLoad: options.noLoad ? '--no-load' : service ? undefined : 'no Service selects its pods',
    assessment: new Assessment(workload),
    findings: findingsOf(workload, sources),
  };
}

function serviceOf(
  workload: Workload,
  { service: name, noLoad, loadNamed }: Pick<RehearsalOptions, 'service' | 'noLoad' | 'loadNamed'>,
): Service | undefined {
  const { services, ref } = workload;
  const names = services.map((service) => service.ref.name);
  if (noLoad) return services[0];
  if (name !== undefined) {
    const found = services.find((service) => service.ref.name === name);
    if (found) return found;
    throw new Problem(
      `Service ${name} does not select the pods of Deployment ${ref.name}; these do: ${names.join(', ') || 'none'}`,
    );
  }
  const [only, another] = services;
  if (!only && loadNamed) {
    throw new Problem(`no Service selects the pods of Deployment ${ref.name}: no load can reach them`);
  }
  if (another) {
    throw new Problem(
      `several Services select the pods of Deployment ${ref.name}: choose with --service ${names.join(' or ')}`,
    );
  }
  return only;
}

function firstPort(service: Service): number {
  const [first] = objectsAt(service.source.json, 'spec', 'ports');
  const port = numberAt(first, 'port');
  if (port === undefined) throw new Problem(`Service ${service.ref.name} has no port`);
  return port;
}

/** What the rules say of the Deployment and of the PodDisruptionBudgets that select its pods, and of nothing else. */
function findingsOf(workload: Workload, sources: readonly SourceObject[]): readonly Finding[] {
  const names = new Set([workload, ...workload.disruptionBudgets].map(({ ref }) => `${ref.kind}/${ref.name}`));
  return judge(sources).findings.filter(({ object }) => names.has(`${object.kind}/${object.name}`));
}

/** A LabelSelector as `kubectl -l` takes it. */
export function selectorText(selector: JsonObject | undefined, name: string): string {
  const equal = Object.entries(objectAt(selector, 'matchLabels') ?? {}).map(([key, value]) => `${key}=${value}`);
  const others = objectsAt(selector, 'matchExpressions').map((expression) => {
    const key = textAt(expression, 'key') ?? '';
    const values = `(${(textsAt(expression, 'values') ?? []).join(',')})`;
    switch (textAt(expression, 'operator')) {
      case 'In':
        return `${key} in ${values}`;
      case 'NotIn':
        return `${key} notin ${values}`;
      case 'Exists':
        return key;
      default:
        return `!${key}`;
    }
  });
  const text = [...equal, ...others].join(',');
  if (text === '') throw new Problem(`Deployment ${name} selects every pod of its namespace`);
  return text;
}
