import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../src/manifest/json';
import { companions, deployment } from '../rules/cases/manifests';

export const graceOf = (terminationGracePeriodSeconds?: number) => ({
  spec: { template: { spec: { terminationGracePeriodSeconds } } },
});

export const GRACE = '/spec/template/spec/terminationGracePeriodSeconds';
const LONGEST_REQUEST = '/metadata/annotations/cdk8s-graceful~1longest-request';

export function apiObject(scope: Construct, json: JsonObject): ApiObject {
  return new ApiObject(scope, String(json.kind), json as any);
}

/** A workload of somebody else in a namespace of its own, with its Service and budget; only its grace may be wrong. */
export function foreign(scope: Construct, graceSeconds = 45): ApiObject {
  const own = (json: JsonObject) => ({ ...json, metadata: { ...(json.metadata as object), namespace: scope.node.id } });
  for (const companion of companions()) apiObject(scope, own(companion));
  return apiObject(scope, own(deployment(graceOf(graceSeconds))));
}

/** As `foreign`, without its longest request. */
export function unstated(scope: Construct): ApiObject {
  const object = foreign(scope);
  object.addJsonPatch(JsonPatch.remove(LONGEST_REQUEST));
  return object;
}
