import { schemaErrors } from './validate';

const VERSIONS = ['1.34', '1.36'] as const;

/** A Deployment with these fields in its container and these in its pod. */
function deployment(container: object = {}, pod: object = {}, spec: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' }, annotations: { 'example.com/why~so': 'because' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '0%' } },
      ...spec,
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 30,
          ...pod,
          containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }], ...container }],
        },
      },
    },
  };
}

const CONTAINER = 'spec.template.spec.containers.0';

describe.each(VERSIONS)('the schemas of Kubernetes %s', (minor) => {
  const errors = (object: unknown) => schemaErrors(minor, object);

  describe('accept', () => {
    test.each<[string, object]>([
      ['a Deployment', deployment()],
      ['preStop.sleep', deployment({ lifecycle: { preStop: { sleep: { seconds: 5 } } } })],
      ['preStop.exec', deployment({ lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } } })],
      // The schema asks for no action. The server does, but in its code.
      ['preStop without an action', deployment({ lifecycle: { preStop: {} } })],
      // Known to the schema, and dropped by a server without the feature gate ContainerStopSignals.
      ['stopSignal', deployment({ lifecycle: { stopSignal: 'SIGTERM' } }, { os: { name: 'linux' } })],
      [
        'a native sidecar',
        deployment({}, { initContainers: [{ name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' }] }),
      ],
      [
        'terminationGracePeriodSeconds of a probe',
        deployment({ livenessProbe: { httpGet: { path: '/', port: 'http' }, terminationGracePeriodSeconds: 10 } }),
      ],
      ['extended resources', deployment({ resources: { limits: { 'nvidia.com/gpu': 1, cpu: 0.5, memory: '1Gi' } } })],
    ])('%s', (_, object) => {
      expect(errors(object)).toEqual([]);
    });

    test('the other kinds', () => {
      const metadata = { name: 'web', namespace: 'shop' };
      const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
      const cpu = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } };
      const objects = [
        { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80, targetPort: 'http' }] } },
        { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'nginx.conf': '' }, binaryData: { logo: 'AAEC' } },
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata,
          spec: { maxUnavailable: 1, selector: {}, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
        },
        {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata,
          spec: { scaleTargetRef, minReplicas: 2, maxReplicas: 4, metrics: [{ type: 'Resource', resource: cpu }] },
        },
      ];
      expect(objects.flatMap(errors)).toEqual([]);
    });
  });

  describe('refuse', () => {
    test.each<[string, object, string]>([
      ['an unknown field', { ...deployment(), replicas: 2 }, 'the object: unknown field replicas'],
      [
        'an unknown field far inside',
        deployment({ lifecycle: { preStop: { sleep: { seconds: 5, minutes: 1 } } } }),
        `${CONTAINER}.lifecycle.preStop.sleep: unknown field minutes`,
      ],
      ['a string for an integer', deployment({}, {}, { replicas: '2' }), 'spec.replicas: must be integer'],
      ['a fraction for an integer', deployment({}, {}, { replicas: 1.5 }), 'spec.replicas: must be integer'],
      ['more than 32 bits', deployment({}, {}, { replicas: 2 ** 31 }), 'spec.replicas: must match format "int32"'],
      [
        'a missing field',
        deployment({ lifecycle: { preStop: { sleep: {} } } }),
        `${CONTAINER}.lifecycle.preStop.sleep: must have required property 'seconds'`,
      ],
      [
        'a boolean for an integer or string',
        deployment({ readinessProbe: { httpGet: { port: true } } }),
        `${CONTAINER}.readinessProbe.httpGet.port: must be integer,string`,
      ],
      [
        'a boolean for a quantity',
        deployment({ resources: { limits: { 'nvidia.com/gpu': true } } }),
        `${CONTAINER}.resources.limits.nvidia.com/gpu: must be string,number`,
      ],
      [
        'a value that is not one of the possible ones',
        deployment({ imagePullPolicy: 'Sometimes' }),
        `${CONTAINER}.imagePullPolicy: must be equal to one of the allowed values: Always, IfNotPresent, Never`,
      ],
      [
        'null for a field',
        { ...deployment(), metadata: { name: 'web', creationTimestamp: null } },
        'metadata.creationTimestamp: must be string',
      ],
      [
        'what is not base64',
        { apiVersion: 'v1', kind: 'ConfigMap', binaryData: { 'a/b': 'no' } },
        'binaryData.a/b: must match format "byte"',
      ],
    ])('%s', (_, object, error) => {
      expect(errors(object)).toEqual([error]);
    });

    test.each<[string, unknown, string]>([
      ['an unknown kind', { apiVersion: 'apps/v1', kind: 'Fleet' }, 'Fleet of apiVersion apps/v1'],
      ['a version that is gone', { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget' }, 'policy/v1beta1'],
      ['a kind without its group', { apiVersion: 'v1', kind: 'Deployment' }, 'Deployment of apiVersion v1'],
      ['nothing', undefined, 'undefined of apiVersion undefined'],
      ['text', 'kind: Deployment', 'undefined of apiVersion undefined'],
    ])('%s', (_, object, part) => {
      expect(errors(object)).toEqual([expect.stringContaining(part)]);
    });
  });

  test('say everything that is wrong at once', () => {
    expect(errors(deployment({ img: 'web:1', tty: 'no' }))).toHaveLength(2);
  });
});
