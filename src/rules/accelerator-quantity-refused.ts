import { isObject, objectAt } from '../manifest/json';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const acceleratorQuantityRefused: WorkloadRule = {
  id: 'accelerator-quantity-refused',
  title: 'the API server refuses the number of accelerators',
  severity: 'error',
  judges: 'workload',
  hazard:
    'Accelerators cannot be overcommitted: they are whole numbers, need a limit, and the request equals the limit. The controller cannot ' +
    'create a single pod otherwise, so a rollout takes nothing away and brings nothing, and hangs until its progress deadline.',
  remedy: 'Write a whole number under limits, and the same or nothing under requests.',
  sources: [
    'kubernetes/kubernetes pkg/apis/core/validation/validation.go v1.36.2, validateResourceRequirements',
    'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/#using-device-plugins',
  ],
  judge({ workload }) {
    let verdicts: Verdict[] | undefined;
    let found = 0;
    for (const { name, json } of workload.pod.all) {
      const resources = json.resources;
      if (!isObject(resources)) continue;
      const limits = objectAt(resources, 'limits');
      const requests = objectAt(resources, 'requests');
      for (const resource of extendedOf(limits, requests)) {
        found++;
        const fault = faultOf(resource, limits?.[resource], requests?.[resource]);
        if (fault === undefined) continue;
        verdicts ??= [];
        verdicts.push(violation({ ...fault, container: name, field: `resources.limits['${resource}']` }));
      }
    }
    return (
      verdicts ?? (found > 0 ? pass('whole numbers, with a limit each') : notApplicable('the pods use no accelerator'))
    );
  },
};

function extendedOf(...lists: readonly (object | undefined)[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const list of lists) {
    for (const name in list) {
      if (name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name)) names.add(name);
    }
  }
  return names;
}

function faultOf(resource: string, limit: unknown, request: unknown) {
  const most = numberOf(limit);
  const asked = numberOf(request);
  if (limit === undefined || limit === null) {
    return {
      message: `${resource} is requested without a limit, which the API server refuses`,
      fix: `set limits['${resource}'] to ${asked ?? 1}`,
    };
  }
  // A template may stand here instead of a number; another rule speaks of that.
  if (most === undefined) return undefined;
  if (!Number.isInteger(most) || most < 0) {
    return {
      message: `${resource} is ${limit}: a part of an accelerator cannot be asked for this way`,
      fix: 'ask for a whole one, or for a shared resource that the device plugin offers, such as nvidia.com/gpu.shared or nvidia.com/mig-1g.10gb',
    };
  }
  if (asked !== undefined && asked !== most) {
    return {
      message: `${resource}: requests ${request}, limits ${limit}; they must be equal`,
      arithmetic: `requests ${asked} is not limits ${most}`,
      fix: `set both to ${most}, or leave requests out`,
    };
  }
  return undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^[\d.]+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
