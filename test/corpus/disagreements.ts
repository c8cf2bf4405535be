/** Where a reader noted a hazard that the rules do not report as such, and why the rules are left as they are. */
export interface Disagreement {
  readonly file: string;
  readonly code: string;
  readonly reason: string;
}

const LOOSER =
  'The same question with at least twice the time before a restart is what the Kubernetes documentation advises:';
const SERVICE_ELSEWHERE = 'No Service is in the file, and nothing else shows that requests come to the pod;';

export const disagreements: readonly Disagreement[] = [
  {
    file: 'GoogleCloudPlatform+kubernetes-engine-samples/quickstarts__hello-app-redis__manifests__app-deployment.yaml',
    code: 'NO_PRESTOP',
    reason: `${SERVICE_ELSEWHERE} the container declares no port either. Together with its Service it is found.`,
  },
  {
    file: 'GoogleCloudPlatform+kubernetes-engine-samples/quickstarts__hello-app-redis__manifests__app-deployment.yaml',
    code: 'NO_PDB',
    reason: `${SERVICE_ELSEWHERE} a budget for what nobody asks would be noise. Together with its Service it is found.`,
  },
  {
    file: 'GoogleCloudPlatform+kubernetes-engine-samples/quickstarts__hello-app-redis__manifests__redis-cluster.yaml',
    code: 'NO_PRESTOP',
    reason: `${SERVICE_ELSEWHERE} traffic-unknown asks for it. Whether a member hands over before it ends is the server's own matter, which no manifest shows.`,
  },
  {
    file: 'GoogleCloudPlatform+microservices-demo/kubernetes-manifests__frontend.yaml',
    code: 'SAME_PROBE',
    reason: 'The probes send different headers, by which the server tells them apart: they are two questions.',
  },
  {
    file: '_generated/helm-create-starter.hand-rendered.yaml',
    code: 'NO_GRACE',
    reason:
      'The default of 30 s is enough for a web server unless its longest request says otherwise, which nobody stated: grace-shorter-than-shutdown asks for it instead of guessing.',
  },
  {
    file: '_generated/kserve-llmisvc-preset.hand-rendered.yaml',
    code: 'SAME_PROBE',
    reason: `${LOOSER} here 100 s against 2 s.`,
  },
  {
    file: '_generated/llmaz-vllm-playground.hand-rendered.yaml',
    code: 'SAME_PROBE',
    reason: `${LOOSER} here 30 s against 15 s.`,
  },
  {
    file: '_generated/ollama-helm-gpu.hand-rendered.yaml',
    code: 'SAME_PROBE',
    reason: `${LOOSER} here 60 s against 30 s.`,
  },
  {
    file: '_generated/vllm-production-stack-engine.hand-rendered.yaml',
    code: 'SAME_PROBE',
    reason: `${LOOSER} here 30 s against 15 s.`,
  },
  {
    file: 'knative+serving/config__core__deployments__activator.yaml',
    code: 'SAME_PROBE',
    reason: `${LOOSER} here 120 s against 25 s.`,
  },
  {
    file: 'knative+serving/third_party__kourier-latest__kourier.yaml',
    code: 'SAME_PROBE',
    reason: `${LOOSER} here 60 s against 30 s, and 30 s against 15 s.`,
  },
  {
    file: 'vllm-project+aibrix/samples__adapter__base.yaml',
    code: 'SAME_PROBE',
    reason: `${LOOSER} here 90 s against 30 s.`,
  },
  {
    file: 'vllm-project+aibrix/samples__heterogeneous__deepseek-coder-7b-l20-deployment.yaml',
    code: 'NO_STARTUP',
    reason:
      'There is no liveness probe, so nothing ends a slow start, and a startup probe would add the only thing that does.',
  },
];
