import fc from 'fast-check';
import {
  acknowledgementKey,
  containerToolsKey,
  drainKey,
  INTENT_PREFIX,
  type Intent,
  intentKey,
  readIntent,
  writeIntent,
} from '../../src/manifest/intent';

const EMPTY: Intent = { drainSeconds: {}, acknowledgements: {} };

type Field = Parameters<typeof intentKey>[0];

/** Every key with a value, as a person writes it. */
const KEYS: readonly (readonly [key: string, field: Field, text: string, value: unknown])[] = [
  ['longest-request', 'longestRequestSeconds', '150s', 150],
  ['runtime', 'runtime', 'spring-boot', 'spring-boot'],
  ['runtime-version', 'runtimeVersion', '3.5.0', '3.5.0'],
  ['uvicorn-version', 'uvicornVersion', '0.42.0', '0.42.0'],
  ['sigterm', 'sigterm', 'drains', 'drains'],
  ['drain-timeout', 'drainTimeoutSeconds', '45s', 45],
  ['exit', 'exitSeconds', '14s', 14],
  ['readiness-after-sigterm', 'readinessAfterSigterm', '503', '503'],
  ['shutdown-phases', 'shutdownPhases', '2', 2],
  ['drain-endpoint', 'drainEndpoint', '/drain', '/drain'],
  ['image-tools', 'imageTools', 'curl, sh', ['curl', 'sh']],
  [
    'traffic-sources',
    'trafficSources',
    'kube-proxy, aws-load-balancer=45s, mesh=20s/readiness',
    [
      { id: 'kube-proxy' },
      { id: 'aws-load-balancer', propagationSeconds: 45 },
      { id: 'mesh', propagationSeconds: 20, follows: 'readiness' },
    ],
  ],
  [
    'node-lifecycles',
    'nodeLifecycles',
    'aws-spot, karpenter=300s',
    [{ id: 'aws-spot' }, { id: 'karpenter', noticeSeconds: 300 }],
  ],
  ['kubernetes-version', 'kubernetesVersion', '1.36.3', { minor: 36, patch: 3 }],
  ['required-replicas', 'requiredReplicas', '3', 3],
  ['cold-start', 'coldStartSeconds', '600s', 600],
  ['spare-accelerators', 'spareAccelerators', '0', 0],
  ['margin', 'marginSeconds', '10s', 10],
  ['long-lived-connections', 'longLivedConnections', 'true', true],
];

describe('every key', () => {
  test.each(KEYS)('%s', (key, field, text, value) => {
    const name = `cdk8s-graceful/${key}`;
    expect(intentKey(field)).toBe(name);
    expect(writeIntent({ [field]: value })).toEqual({ [name]: text });
    expect(readIntent({ [name]: text })).toEqual({ intent: { ...EMPTY, [field]: value }, problems: [] });
  });

  test('all at once', () => {
    const annotations = Object.fromEntries(KEYS.map(([key, , text]) => [INTENT_PREFIX + key, text]));
    const { intent, problems } = readIntent(annotations);
    expect(problems).toEqual([]);
    expect(Object.keys(intent)).toHaveLength(KEYS.length + Object.keys(EMPTY).length);
    expect(writeIntent(intent)).toEqual(annotations);
  });

  test.each(KEYS.filter(([, field]) => !['runtime', 'runtimeVersion', 'uvicornVersion', 'imageTools'].includes(field)))(
    '%s with another value is a problem that names key and value',
    (key, field) => {
      const { intent, problems } = readIntent({ [INTENT_PREFIX + key]: 'whatever = this' });
      expect(intent).toEqual(EMPTY);
      expect(intent).not.toHaveProperty(field);
      expect(problems).toEqual([
        { key: INTENT_PREFIX + key, reason: expect.stringMatching(/^'whatever = this' is not ./) },
      ]);
    },
  );

  test.each(KEYS)('%s with nothing in it is a problem', (key) => {
    const { problems } = readIntent({ [INTENT_PREFIX + key]: '' });
    expect(problems).toEqual([{ key: INTENT_PREFIX + key, reason: expect.stringMatching(/^'' is not /) }]);
  });
});

describe('keys that carry a name', () => {
  test('the drain of one container', () => {
    expect(drainKey('proxy')).toBe('cdk8s-graceful/drain.proxy');
    const annotations = { 'cdk8s-graceful/drain.proxy': '20s', 'cdk8s-graceful/drain.logs': '5s' };
    expect(writeIntent({ drainSeconds: { proxy: 20, logs: 5 } })).toEqual(annotations);
    expect(readIntent(annotations)).toEqual({
      intent: { ...EMPTY, drainSeconds: { proxy: 20, logs: 5 } },
      problems: [],
    });
  });

  test('an acknowledgement', () => {
    expect(acknowledgementKey('no-headroom')).toBe('cdk8s-graceful/acknowledge.no-headroom');
    const annotations = { 'cdk8s-graceful/acknowledge.no-headroom': 'one replica is enough at night' };
    const acknowledgements = { 'no-headroom': 'one replica is enough at night' };
    expect(writeIntent({ acknowledgements })).toEqual(annotations);
    expect(readIntent(annotations)).toEqual({ intent: { ...EMPTY, acknowledgements }, problems: [] });
  });

  test('a drain that cannot be read', () => {
    const { intent, problems } = readIntent({ 'cdk8s-graceful/drain.proxy': '20' });
    expect(intent).toEqual(EMPTY);
    expect(problems).toEqual([
      { key: 'cdk8s-graceful/drain.proxy', reason: "'20' is not a duration in whole seconds such as 150s or 2m30s" },
    ]);
  });
});

describe('readIntent', () => {
  test.each(['longest-requests', 'drain.', 'acknowledge.', 'drain', 'Longest-Request', '', 'toString'])(
    '%j under the prefix is known to nobody',
    (key) => {
      expect(readIntent({ [INTENT_PREFIX + key]: '30s' })).toEqual({
        intent: EMPTY,
        problems: [{ key: INTENT_PREFIX + key, reason: 'no such key is known' }],
      });
    },
  );

  test.each([
    'longest-request',
    'example.com/longest-request',
    'cdk8s-graceful',
    'x-cdk8s-graceful/runtime',
    'cdk8s-graceful.io/runtime',
  ])('%s is not ours', (key) => {
    expect(readIntent({ [key]: 'x' })).toEqual({ intent: EMPTY, problems: [] });
  });

  test('one problem does not hide what can be read, nor another problem', () => {
    const { intent, problems } = readIntent({
      'cdk8s-graceful/margin': 'much',
      'cdk8s-graceful/longest-request': '30s',
      'cdk8s-graceful/color': 'blue',
    });
    expect(intent.longestRequestSeconds).toBe(30);
    expect(problems.map(({ key }) => key)).toEqual(['cdk8s-graceful/margin', 'cdk8s-graceful/color']);
  });

  test('what is not stated is written nowhere', () => {
    expect(writeIntent({})).toEqual({});
    expect(writeIntent({ ...EMPTY, runtime: undefined })).toEqual({});
  });
});

describe('what is written is read back', () => {
  const seconds = fc.oneof(fc.nat(), fc.maxSafeNat());
  const count = fc.nat(999_999_999);
  const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/).filter((text) => text !== 'none');
  const tool = fc.stringMatching(/^[A-Za-z0-9._+-]{1,20}$/).filter((word) => word !== 'none');
  const text = fc.string().filter((value) => value.trim() !== '');
  const fields: { [F in keyof Intent]-?: fc.Arbitrary<NonNullable<Intent[F]>> } = {
    longestRequestSeconds: seconds,
    runtime: text,
    runtimeVersion: text,
    uvicornVersion: text,
    sigterm: fc.constantFrom('drains', 'aborts', 'ignored'),
    drainTimeoutSeconds: seconds,
    exitSeconds: seconds,
    readinessAfterSigterm: fc.constantFrom('503', 'refused', 'unchanged'),
    shutdownPhases: count,
    drainEndpoint: fc.webPath().map((path) => `/${path}`),
    imageTools: fc.uniqueArray(tool),
    trafficSources: fc.array(
      fc.record(
        { id, propagationSeconds: seconds, follows: fc.constantFrom('deletion' as const, 'readiness' as const) },
        { requiredKeys: ['id'] },
      ),
    ),
    nodeLifecycles: fc.array(fc.record({ id, noticeSeconds: seconds }, { requiredKeys: ['id'] })),
    kubernetesVersion: fc.record({ minor: fc.nat(999), patch: fc.nat(999) }, { requiredKeys: ['minor'] }),
    requiredReplicas: count,
    coldStartSeconds: seconds,
    spareAccelerators: count,
    marginSeconds: seconds,
    longLivedConnections: fc.boolean(),
    drainSeconds: fc.dictionary(id, seconds),
    containerTools: fc.dictionary(id, fc.uniqueArray(tool), { minKeys: 1 }),
    acknowledgements: fc.dictionary(id, fc.string()),
  };
  const intents = fc.record(fields, { requiredKeys: ['drainSeconds', 'acknowledgements'] });

  test('any intent', () => {
    fc.assert(
      fc.property(intents, (intent) => {
        expect(readIntent(writeIntent(intent))).toEqual({ intent, problems: [] });
      }),
    );
  });

  test('beside annotations of others', () => {
    const others = fc.dictionary(
      fc.string().filter((key) => !key.startsWith(INTENT_PREFIX)),
      fc.string(),
    );
    fc.assert(
      fc.property(intents, others, (intent, annotations) => {
        expect(readIntent({ ...annotations, ...writeIntent(intent) })).toEqual({ intent, problems: [] });
      }),
    );
  });

  test('any text at all is read or refused, and what is read stays the same from then on', () => {
    const keys = KEYS.map(([key]) => INTENT_PREFIX + key);
    fc.assert(
      fc.property(
        fc.constantFrom(...keys, drainKey('proxy'), containerToolsKey('proxy')),
        fc.string(),
        (key, value) => {
          const { intent, problems } = readIntent({ [key]: value });
          expect(problems).toHaveLength(Object.keys(writeIntent(intent)).length === 0 ? 1 : 0);
          expect(readIntent(writeIntent(intent)).intent).toEqual(intent);
        },
      ),
    );
  });
});
