/** What a reader noted as well done, by the rules that must not call it an error. */
export const okay: Readonly<Record<string, readonly string[]>> = {
  'kubernetes+website/content__en__examples__application__zookeeper__zookeeper.yaml': [
    'pdb-blocks-eviction',
    'stateful-set-starts-one-by-one',
  ],
  'kubernetes+examples/_archived__cockroachdb__cockroachdb-statefulset.yaml': [
    'grace-shorter-than-shutdown',
    'shell-swallows-sigterm',
  ],
  'kubernetes+examples/databases__cassandra__cassandra-statefulset.yaml': [
    'prestop-consumes-grace',
    'grace-longer-than-node-gives',
  ],
  'GoogleCloudPlatform+kubernetes-engine-samples/ai-ml__llm-serving-gemma__trtllm__deploy-triton-server.yaml': [
    'liveness-same-as-readiness',
  ],
  'GoogleCloudPlatform+kubernetes-engine-samples/ai-ml__t5-model-serving__kubernetes__serving-gpu.yaml': [
    'liveness-same-as-readiness',
  ],
  'GoogleCloudPlatform+kubernetes-engine-samples/quickstarts__hello-app-redis__manifests__redis-cluster.yaml': [
    'liveness-same-as-readiness',
    'startup-probe-missing',
    'pdb-blocks-eviction',
  ],
  'GoogleCloudPlatform+kubernetes-engine-samples/quickstarts__hello-app-redis__manifests__pdb-minavailable.yaml': [
    'pdb-blocks-eviction',
    'pdb-selects-nothing',
  ],
  'GoogleCloudPlatform+kubernetes-engine-samples/quickstarts__hello-app-redis__manifests__app-deployment.yaml': [
    'readiness-slow-to-fail',
    'anti-affinity-blocks-rollout',
  ],
  'GoogleCloudPlatform+kubernetes-engine-samples/databases__gke-stateful-mysql__kubernetes__mysql-pdb-maxunavailable.yaml':
    ['pdb-blocks-eviction', 'pdb-selects-nothing'],
  'GoogleCloudPlatform+kubernetes-engine-samples/databases__gke-stateful-mysql__kubernetes__c1-mysql.yaml': [
    'liveness-same-as-readiness',
    'shell-swallows-sigterm',
  ],
  'GoogleCloudPlatform+microservices-demo/kubernetes-manifests__loadgenerator.yaml': ['*'],
  'knative+serving/config__core__deployments__activator.yaml': [
    'grace-shorter-than-shutdown',
    'grace-longer-than-node-gives',
  ],
  'knative+serving/third_party__kourier-latest__kourier.yaml': [
    'prestop-consumes-grace',
    'prestop-shorter-than-propagation',
    'rollout-below-required-replicas',
  ],
  'kubeflow+manifests/applications__pipeline__upstream__env__gcp__cloudsql-proxy__cloudsql-proxy-deployment.yaml': [
    'liveness-same-as-readiness',
  ],
  'kubeflow+manifests/common__knative__knative-serving__base__patches__pdb.yaml': ['pdb-selects-nothing'],
  'vllm-project+aibrix/test__regression__v0.3.0__ps_stack.yaml': ['progress-deadline-too-short'],
  'vllm-project+aibrix/benchmarks__scenarios__gateway__7b.yaml': [
    'prestop-shorter-than-propagation',
    'prestop-consumes-grace',
  ],
  'vllm-project+aibrix/samples__heterogeneous__deepseek-coder-7b-l20-deployment.yaml': [
    'liveness-kills-busy-server',
    'grace-not-sized',
  ],
  'vllm-project+aibrix/samples__adapter__base.yaml': ['startup-shorter-than-cold-start'],
  'kubernetes-sigs+lws/config__manager__manager.yaml': ['*'],
  'argoproj+argo-cd/manifests__ha__namespace-install.yaml': [
    'prestop-shorter-than-propagation',
    'prestop-consumes-grace',
  ],
  'strimzi+strimzi-kafka-operator/install__cluster-operator__060-Deployment-strimzi-cluster-operator.yaml': ['*'],
  'kedacore+keda/config__manager__manager.yaml': ['*'],
  'cdk8s-team+cdk8s-examples/typescript__cdk8s-helm__dist__redis.k8s.yaml': [
    'startup-probe-missing',
    'prestop-shorter-than-propagation',
  ],
  '_generated/kserve-llmisvc-preset.hand-rendered.yaml': ['*'],
  '_generated/llm-d-guide-graceful-component.hand-rendered.yaml': ['*'],
  '_generated/dynamo-operator-worker.hand-rendered.yaml': ['liveness-same-as-readiness'],
  '_generated/nim-operator-nimservice.hand-rendered.yaml': ['liveness-same-as-readiness'],
  '_generated/llmaz-vllm-playground.hand-rendered.yaml': ['grace-not-sized', 'grace-shorter-than-shutdown'],
  '_generated/ollama-helm-gpu.hand-rendered.yaml': ['grace-not-sized', 'grace-shorter-than-shutdown'],
  '_generated/triton-k8s-onprem.hand-rendered.yaml': ['liveness-same-as-readiness', 'startup-shorter-than-cold-start'],
  '_generated/nais-application-default.hand-rendered.yaml': ['*'],
};

/** What stands in other files of the same folder and is needed to judge a file. */
const FOLDERS = {
  redis: 'GoogleCloudPlatform+kubernetes-engine-samples/quickstarts__hello-app-redis__manifests__',
  mysql: 'GoogleCloudPlatform+kubernetes-engine-samples/databases__gke-stateful-mysql__kubernetes__',
};
export const together: readonly (readonly string[])[] = [
  [`${FOLDERS.redis}redis-cluster.yaml`, `${FOLDERS.redis}pdb-minavailable.yaml`],
  [`${FOLDERS.mysql}c1-mysql.yaml`, `${FOLDERS.mysql}mysql-pdb-maxunavailable.yaml`],
  [
    'knative+serving/config__core__deployments__activator.yaml',
    'knative+serving/config__core__deployments__activator-hpa.yaml',
  ],
  [
    'vllm-project+aibrix/config__gateway__gateway-plugin__gateway-plugin.yaml',
    'vllm-project+aibrix/config__overlays__release__pdb.yaml',
  ],
];
