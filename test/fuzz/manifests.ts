import type { JsonObject } from '../../src/manifest/json';
import { autoscaler, container, deploymentStating, disruptionBudget, service } from '../rules/cases/manifests';

const metadata = (name: string) => ({ namespace: 'shop', name });
const template = (labels: JsonObject, spec: JsonObject) => ({ metadata: { labels }, spec });
const plain = (changes: JsonObject = {}) => ({ containers: [container(changes)] });

/** Small manifests of our own: each kind that is read, and of each field that is read a value. */
export const manifests: readonly JsonObject[] = [
  deploymentStating(
    {
      'traffic-sources': 'kube-proxy, mesh=20s/readiness',
      'node-lifecycles': 'karpenter=300s',
      'kubernetes-version': '1.34',
      'drain.proxy': '5s',
      'acknowledge.no-headroom': 'known since the migration',
    },
    {
      spec: {
        template: {
          spec: {
            volumes: [
              { name: 'run', emptyDir: {} },
              { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
            ],
            ...plain({
              command: ['/bin/sh', '-c', 'exec java -jar app.jar'],
              args: ['--port', '8080'],
              resources: { limits: { 'nvidia.com/gpu': 1 } },
              volumeMounts: [{ name: 'run', mountPath: '/run/app' }],
              lifecycle: { preStop: { exec: { command: ['sh', '-c', 'touch /run/app/draining; sleep $WAIT'] } } },
              readinessProbe: { exec: { command: ['test', '!', '-e', '/run/app/draining'] } },
            }),
            initContainers: [
              {
                name: 'proxy',
                image: 'example.com/proxy:1',
                restartPolicy: 'Always',
                lifecycle: { preStop: { sleep: { seconds: 10 } } },
              },
            ],
          },
        },
      },
    },
  ),
  service(),
  disruptionBudget({ spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['orders'] }] } } }),
  autoscaler(),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata('orders-database'),
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'database' } },
      updateStrategy: { rollingUpdate: { maxUnavailable: 1 } },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }],
      template: template({ app: 'database' }, plain()),
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata('agent'),
    spec: { selector: { matchLabels: { app: 'agent' } }, template: template({ app: 'agent' }, plain()) },
  },
  { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata('alone'), labels: { app: 'orders' } }, spec: plain() },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata('report'),
    spec: { jobTemplate: { spec: { template: template({}, plain()) } } },
  },
  {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata: metadata('model'),
    spec: {
      replicas: 2,
      leaderWorkerTemplate: {
        size: 4,
        leaderTemplate: template({ role: 'leader' }, plain({ image: 'vllm/vllm-openai:v0.32.0' })),
        workerTemplate: template({}, plain({ command: ['bash', '-c', 'ray start --block'] })),
      },
    },
  },
  {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: metadata('classifier'),
    spec: { predictor: { minReplicas: 1, maxReplicas: 3, ...plain() } },
  },
  {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadata('orders-database'),
    spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'orders-database' }, maxReplicaCount: 5 },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata('orders'),
    spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'orders', port: { number: 80 } } } }] } }] },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadata('orders'),
    spec: { rules: [{ backendRefs: [{ name: 'orders', port: 80 }] }] },
  },
  {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'general' },
    spec: { template: { spec: { terminationGracePeriod: '48h', expireAfter: '720h' } } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata('billing'),
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'billing' } },
      template: template(
        { app: 'billing' },
        {
          volumes: [
            { name: 'scripts', configMap: { name: 'billing', items: [{ key: 'drain.sh', path: 'drain.sh' }] } },
            { name: 'all', projected: { sources: [{ configMap: { name: 'billing' } }] } },
          ],
          ...plain({
            image: 'registry.example.com/billing:1.0.0',
            command: ['sh', '/all/start.sh'],
            env: [{ name: 'PAUSE', valueFrom: { configMapKeyRef: { name: 'billing', key: 'SERVER_SHUTDOWN' } } }],
            envFrom: [{ configMapRef: { name: 'billing' }, prefix: 'A_' }, { secretRef: { name: 'billing' } }],
            volumeMounts: [
              { name: 'scripts', mountPath: '/scripts' },
              { name: 'all', mountPath: '/all/start.sh', subPath: 'start.sh' },
            ],
            lifecycle: { preStop: { exec: { command: ['/scripts/drain.sh', '$(PAUSE)'] } } },
          }),
        },
      ),
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata('billing'),
    data: {
      SERVER_SHUTDOWN: 'graceful',
      'drain.sh': '#!/bin/sh\nsleep 5\n',
      'start.sh': 'exec java -Dserver.shutdown=graceful -jar app.jar\n',
    },
  },
  {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: metadata('thumbnails'),
    spec: { template: template({}, { timeoutSeconds: 120, ...plain() }) },
  },
  {
    apiVersion: 'inference.networking.k8s.io/v1',
    kind: 'InferencePool',
    metadata: metadata('models'),
    spec: { selector: { matchLabels: { role: 'leader' } }, targetPorts: [{ number: 8000 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'shop',
      labels: { istio: 'enabled', 'istio-injection': 'enabled' },
      annotations: { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/shutdown-grace-period': '30s' },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata('data'),
    spec: { accessModes: ['ReadWriteOnce'] },
  },
];
