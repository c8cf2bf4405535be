import { textAt } from './json';

/** Which Kubernetes object a finding is about. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent where the manifest names none: kubectl's current namespace then decides. */
  readonly namespace?: string;
  readonly name: string;
}

export function objectRefOf(json: unknown): ObjectRef {
  return {
    apiVersion: textAt(json, 'apiVersion') ?? '',
    kind: textAt(json, 'kind') ?? '',
    namespace: textAt(json, 'metadata', 'namespace'),
    name: textAt(json, 'metadata', 'name') ?? textAt(json, 'metadata', 'generateName') ?? '(no name)',
  };
}

/** As in `apps/v1 Deployment inference/vllm-llama`. */
export function describeObject(ref: ObjectRef): string {
  return `${ref.apiVersion} ${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`;
}
