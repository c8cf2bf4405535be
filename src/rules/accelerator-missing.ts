import { kubernetesGates, supports } from '../kubernetes/gates';
import { formatKubernetesVersion } from '../kubernetes/version';
import { listAt } from '../manifest/json';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

const LEAST_FOR_CLAIMS = `1.${kubernetesGates.dynamicResourceAllocation.value}`;

export const acceleratorMissing: WorkloadRule = {
  id: 'accelerator-missing',
  title: 'an inference engine has no accelerator',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The device plugin gives a container only what its limits name. Without a limit the engine finds no device and ends at its start, or ' +
    'computes on the CPU, where a generation takes minutes instead of seconds and no grace period is long enough for it.',
  remedy: 'Set the extended resource under resources.limits, or a resource claim.',
  sources: [
    'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
    'vllm-project/vllm docker/Dockerfile@0000977e (CUDA); sgl-project/sglang docker/Dockerfile; huggingface/text-generation-inference Dockerfile 3.3.7',
    'kubernetes/enhancements KEP-4381: resource claims are beta and off in 1.32, stable in 1.34',
    'cdk8s-team/cdk8s-plus src/container.ts (ContainerResources knows CPU, memory and ephemeral storage only)',
  ],
  judge({ server, runtime, replacement, workload, kubernetesVersion: version }) {
    if (!server || !runtime?.ownImage || !runtime.facts?.acceleratorImages?.value) {
      return notApplicable('the image is not known to be that of an engine which needs an accelerator');
    }
    if (replacement.acceleratorsPerPod > 0) return pass(`${replacement.acceleratorsPerPod} accelerators per pod`);
    if (listAt(workload.pod.template, 'spec', 'resourceClaims').length > 0) {
      if (version === undefined || supports('dynamicResourceAllocation', version))
        return pass('a resource claim names its devices');
      const name = formatKubernetesVersion(version);
      return violation({
        message: `${runtime.title} takes its accelerator by a resource claim, which Kubernetes ${name} drops unless its feature gate DynamicResourceAllocation is turned on`,
        arithmetic: `resource claims need ${LEAST_FOR_CLAIMS}, the cluster is ${name}`,
        fix: `use Kubernetes ${LEAST_FOR_CLAIMS} or later, turn the gate on, or set resources.limits, for example 'nvidia.com/gpu': 1`,
        field: workload.podField('spec.resourceClaims'),
      });
    }
    const { repository, tag = '' } = server.image;
    if (/cpu/i.test(`${repository}:${tag}`)) return pass('the image is one for the CPU');
    return violation({
      message: `${runtime.title} runs from ${server.image.reference}, an image for accelerators, and no container has one under resources.limits`,
      fix: "set resources.limits, for example 'nvidia.com/gpu': 1, or use an image for the CPU",
      container: server.name,
      field: 'resources.limits',
    });
  },
};
