import { objectAt, valueAt } from '../manifest/json';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const placeholderNotSubstituted: WorkloadRule = {
  id: 'placeholder-not-substituted',
  title: 'a placeholder of a template is left in the manifest',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The API server refuses the object, or no image of that name is ever pulled: the new version never serves, a rollout hangs until its ' +
    'progress deadline, and whatever the placeholder stands for cannot be judged here.',
  remedy: 'Render the template first (envsubst, helm template, kustomize build), and lint its output.',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    'https://helm.sh/docs/helm/helm_template/',
  ],
  judge({ workload }) {
    const verdicts: Verdict[] = [];
    const { pod, source } = workload;
    const judge = (value: unknown, field: () => string) => {
      if (typeof value === 'string' && isPlaceholder(value)) verdicts.push(left(field(), value));
    };
    judge(valueAt(source.json, 'metadata', 'name'), () => 'metadata.name');
    judge(valueAt(source.json, 'metadata', 'namespace'), () => 'metadata.namespace');
    judge(valueAt(source.json, 'spec', 'replicas'), () => 'spec.replicas');
    judge(valueAt(pod.template, ...GRACE), () => workload.podField(GRACE.join('.')));
    for (const { name, json, image } of pod.all) {
      if (isPlaceholder(image.reference)) verdicts.push(left('image', image.reference, name));
      const limits = objectAt(json, 'resources', 'limits');
      for (const resource in limits) {
        const value = limits[resource];
        if (typeof value === 'string' && isPlaceholder(value))
          verdicts.push(left(`resources.limits['${resource}']`, value, name));
      }
    }
    if (verdicts.length > 0) return verdicts;
    return pod.all.length > 0 ? pass('no placeholder is left') : notApplicable('the pod has no containers');
  },
};

const GRACE = ['spec', 'terminationGracePeriodSeconds'] as const;

/** `${NAME}`, `$NAME`, `$(NAME)`, `{{ .Values.name }}`, `<name>`, `__NAME__`: none of them can be in an image or a name. */
const PLACEHOLDER = /\$\{[^}]*\}|\$\w|\$\(|\{\{|^<[^>]+>|[:/]<[^>]+>|^__\w+__$|%\w+%/;

/** Nearly all texts have none of these. */
const HINT = /[$<{%]|^__/;

export function isPlaceholder(text: string): boolean {
  return HINT.test(text) && PLACEHOLDER.test(text);
}

function left(field: string, value: string, container?: string): Verdict {
  return violation({
    message: `${field} is '${value.length > 80 ? `${value.slice(0, 77)}...` : value}': a placeholder that nothing has replaced`,
    fix: 'render the template and lint what comes out of it',
    field,
    container,
  });
}
