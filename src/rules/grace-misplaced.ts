import { isObject, type JsonObject, objectAt, valueAt } from '../manifest/json';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

const KEY = 'terminationGracePeriodSeconds';

export const graceMisplaced: WorkloadRule = {
  id: 'grace-misplaced',
  title: 'terminationGracePeriodSeconds stands where nobody reads it',
  severity: 'error',
  judges: 'workload',
  hazard:
    'Outside of the pod spec the field does nothing: the API server drops it with a warning at most, or refuses the object where validation ' +
    'is strict. The pod then has the default of 30 s, and every request that needs the longer grace is cut by SIGKILL.',
  remedy: 'Move the field to spec.template.spec, beside containers.',
  sources: [
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#lifecycle',
    'https://kubernetes.io/docs/reference/using-api/api-concepts/#setting-the-field-validation-level',
  ],
  judge({ workload }) {
    const { pod, source } = workload;
    const spec = objectAt(source.json, 'spec');
    const own = pod.template === source.json;
    let wrong: string | undefined;
    if (!own && spec && KEY in spec) wrong = `spec.${KEY}`;
    else if (KEY in pod.template) wrong = own ? KEY : workload.podField(KEY);
    else if (named(source.json, 'metadata', 'annotations')) wrong = `metadata.annotations.${KEY}`;
    else if (!own && named(pod.template, 'metadata', 'annotations'))
      wrong = workload.podField(`metadata.annotations.${KEY}`);
    else if (named(pod.template, 'spec', 'securityContext')) wrong = workload.podField(`spec.securityContext.${KEY}`);
    if (wrong !== undefined) return misplaced(wrong, pod.graceSeconds);
    for (const { name, json } of pod.all) {
      const at = KEY in json ? KEY : named(json, 'lifecycle') ? `lifecycle.${KEY}` : undefined;
      if (at) return misplaced(at, pod.graceSeconds, name);
      if (named(json, 'lifecycle', 'preStop')) return misplaced(`lifecycle.preStop.${KEY}`, pod.graceSeconds, name);
      if (named(json, 'readinessProbe')) return misplaced(`readinessProbe.${KEY}`, pod.graceSeconds, name);
    }
    return pod.graceIsDefault ? notApplicable(`${KEY} is not set`) : pass(`${KEY} stands in the pod spec`);
  },
};

function misplaced(field: string, grace: number, container?: string) {
  return violation({
    message: `${field} has no effect there: the grace of the pod is ${grace} s`,
    fix: `move it to the pod spec, beside containers`,
    field,
    container,
  });
}

function named(json: JsonObject, first: string, second?: string): boolean {
  const found = valueAt(json, first, second);
  return isObject(found) && KEY in found;
}
