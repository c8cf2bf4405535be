import type { Amendment } from '../synth/final-json';
import type { Accelerator } from './accelerator';
import type { Inputs } from './inputs';
import { RESTRICTED } from './sidecar-plan';
import type { WorkloadPlan } from './workload-plan';

/** What goes into the Deployment past cdk8s-plus-27: it has no words for it, or drops it. */
export function amendmentOf(
  inputs: Inputs,
  plan: WorkloadPlan,
  accelerator: Accelerator | undefined,
  nodeSelector: { readonly [label: string]: string } | undefined,
): Amendment {
  // Only what it needs is taken out of the inputs: an amendment lives as long as the app.
  const { kind } = inputs;
  const capability = inputs.runtime.facts?.capability?.value;
  const { drain, probes, sidecars } = plan;
  return (json) => {
    const pod = json.spec.template.spec;
    const server = pod.containers[0];
    server.readinessProbe = probes.readiness;
    if (probes.liveness) server.livenessProbe = probes.liveness;
    server.startupProbe = probes.startup;
    if (drain.preStop || drain.postStart) {
      server.lifecycle = {
        ...(drain.postStart && { postStart: drain.postStart }),
        ...(drain.preStop && { preStop: drain.preStop }),
      };
    }
    if (kind === 'web') {
      const { allowPrivilegeEscalation } = RESTRICTED;
      const capabilities = { ...(RESTRICTED.capabilities as object), ...(capability && { add: [capability] }) };
      server.securityContext = { allowPrivilegeEscalation, capabilities, ...server.securityContext };
    }
    pod.securityContext = { ...pod.securityContext, seccompProfile: { type: 'RuntimeDefault' } };
    if (sidecars.length > 0) pod.initContainers = [...sidecars, ...(pod.initContainers ?? [])];
    if (nodeSelector) pod.nodeSelector = { ...nodeSelector };
    if (accelerator) {
      const limits = server.resources?.limits;
      server.resources = { ...server.resources, limits: { ...limits, [accelerator.resourceName]: accelerator.count } };
      pod.tolerations = [
        ...(pod.tolerations ?? []),
        { key: accelerator.taintKey, operator: 'Exists', effect: 'NoSchedule' },
      ];
    }
  };
}
