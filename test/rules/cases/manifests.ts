import type { JsonObject } from '../../../src/manifest/json';

/** Changes to a manifest: objects are merged, everything else replaces, undefined removes. */
export type Changes = { readonly [key: string]: unknown };

/** A Deployment that no rule finds anything in, together with the objects of `companions()`. */
export function deployment(changes: Changes = {}): JsonObject {
  return merged(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        namespace: 'shop',
        name: 'orders',
        annotations: {
          'cdk8s-graceful/longest-request': '30s',
          'cdk8s-graceful/runtime': 'spring-boot',
          'cdk8s-graceful/runtime-version': '3.5.0',
          'cdk8s-graceful/cold-start': '60s',
        },
      },
      spec: {
        replicas: 3,
        minReadySeconds: 0,
        progressDeadlineSeconds: 600,
        selector: { matchLabels: { app: 'orders' } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: { labels: { app: 'orders' } },
          spec: {
            terminationGracePeriodSeconds: 45,
            containers: [container()],
          },
        },
      },
    },
    changes,
  );
}

export function container(changes: Changes = {}): JsonObject {
  return merged(
    {
      name: 'main',
      image: 'registry.example.com/orders:1.8.2',
      ports: [{ containerPort: 8080 }],
      env: [
        { name: 'SERVER_SHUTDOWN', value: 'graceful' },
        { name: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE', value: '30s' },
      ],
      lifecycle: { preStop: { sleep: { seconds: 10 } } },
      startupProbe: {
        httpGet: { path: '/actuator/health/liveness', port: 8080 },
        periodSeconds: 5,
        failureThreshold: 12,
      },
      readinessProbe: {
        httpGet: { path: '/actuator/health/readiness', port: 8080 },
        periodSeconds: 5,
        failureThreshold: 2,
      },
      livenessProbe: {
        httpGet: { path: '/actuator/health/liveness', port: 8080 },
        periodSeconds: 10,
        failureThreshold: 6,
        timeoutSeconds: 5,
        terminationGracePeriodSeconds: 20,
      },
    },
    changes,
  );
}

/** A Deployment whose only container is changed. */
export function deploymentOf(containerChanges: Changes, podChanges: Changes = {}, changes: Changes = {}): JsonObject {
  return merged(
    deployment({ spec: { template: { spec: { containers: [container(containerChanges)], ...podChanges } } } }),
    changes,
  );
}

/** A Deployment whose intent annotations are changed; keys without the prefix. */
export function deploymentStating(
  intent: Readonly<Record<string, string | undefined>>,
  changes: Changes = {},
): JsonObject {
  const annotations = Object.fromEntries(
    Object.entries(intent).map(([key, value]) => [`cdk8s-graceful/${key}`, value]),
  );
  return merged(deployment({ metadata: { annotations } }), changes);
}

/** The same as a StatefulSet. */
export function statefulSet(changes: Changes = {}): JsonObject {
  const spec = { strategy: undefined, progressDeadlineSeconds: undefined, serviceName: 'orders' };
  return merged(merged(deployment(), { kind: 'StatefulSet', spec }), changes);
}

/** A Deployment that states nothing. */
export function silent(workload: JsonObject): JsonObject {
  return merged(workload, { metadata: { annotations: undefined } });
}

export function service(changes: Changes = {}): JsonObject {
  return merged(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'shop', name: 'orders' },
      spec: { selector: { app: 'orders' }, ports: [{ port: 80, targetPort: 8080 }] },
    },
    changes,
  );
}

export function disruptionBudget(changes: Changes = {}): JsonObject {
  return merged(
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { namespace: 'shop', name: 'orders' },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: { app: 'orders' } },
      },
    },
    changes,
  );
}

export function autoscaler(changes: Changes = {}): JsonObject {
  return merged(
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { namespace: 'shop', name: 'orders' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
        minReplicas: 3,
        maxReplicas: 10,
        behavior: {
          scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
        },
      },
    },
    changes,
  );
}

/** The Service and the PodDisruptionBudget beside the Deployment. */
export function companions(): readonly JsonObject[] {
  return [service(), disruptionBudget()];
}

export function merged(base: JsonObject, changes: Changes): JsonObject {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const old = result[key];
    if (value === undefined) delete result[key];
    else result[key] = isMap(old) && isMap(value) ? merged(old, value) : value;
  }
  return result;
}

function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
