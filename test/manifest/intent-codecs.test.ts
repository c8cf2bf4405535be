import {
  booleans,
  type Codec,
  counts,
  keywords,
  kubernetesVersions,
  nodeLifecycleLists,
  paths,
  seconds,
  texts,
  toolLists,
  trafficSourceLists,
} from '../../src/manifest/intent-codecs';

type Rows = readonly (readonly [text: string, value: unknown])[];

/** Texts besides those that are written, and what they mean; undefined: they cannot be read. */
const CODECS: readonly (readonly [string, Codec<unknown>, Rows])[] = [
  [
    'seconds',
    seconds,
    [
      ['2m30s', 150],
      ['0s', 0],
      ['30', undefined],
      ['-1s', undefined],
      ['1.5s', undefined],
    ],
  ],
  [
    'counts',
    counts,
    [
      ['0', 0],
      [' 7 ', 7],
      ['007', 7],
      ['-1', undefined],
      ['1.5', undefined],
      ['1e3', undefined],
      ['1234567890', undefined],
      ['0x1', undefined],
    ],
  ],
  [
    'booleans',
    booleans,
    [
      ['true', true],
      ['false', false],
      ['True', undefined],
      ['yes', undefined],
      ['1', undefined],
    ],
  ],
  [
    'texts',
    texts,
    [
      ['3.5.0', '3.5.0'],
      [' x ', ' x '],
      ['  ', undefined],
    ],
  ],
  [
    'paths',
    paths,
    [
      ['/', '/'],
      [' /drain?now ', '/drain?now'],
      ['drain', undefined],
      ['/a b', undefined],
      ['/a\nb', undefined],
      ['http://x/', undefined],
    ],
  ],
  [
    'kubernetesVersions',
    kubernetesVersions,
    [
      ['1.34', { minor: 34 }],
      ['v1.36.3', { minor: 36, patch: 3 }],
      ['2.0', undefined],
      ['1', undefined],
      ['latest', undefined],
    ],
  ],
  [
    'keywords',
    keywords('drains', 'aborts'),
    [
      ['drains', 'drains'],
      [' aborts ', 'aborts'],
      ['Drains', undefined],
      ['drain', undefined],
      ['drains aborts', undefined],
    ],
  ],
  [
    'toolLists',
    toolLists,
    [
      ['none', []],
      [' none ', []],
      ['sh', ['sh']],
      ['sh,curl', ['sh', 'curl']],
      [' sh , g++ ', ['sh', 'g++']],
      ['sh,', undefined],
      ['sh; rm', undefined],
      ['/bin/sh', undefined],
    ],
  ],
  [
    'trafficSourceLists',
    trafficSourceLists,
    [
      ['none', []],
      ['kube-proxy', [{ id: 'kube-proxy' }]],
      ['edge=1m', [{ id: 'edge', propagationSeconds: 60 }]],
      ['edge=0s/deletion', [{ id: 'edge', propagationSeconds: 0, follows: 'deletion' }]],
      ['edge/readiness', [{ id: 'edge', follows: 'readiness' }]],
      ['edge=20', undefined],
      ['edge=', undefined],
      ['edge=s', undefined],
      ['edge=20s/birth', undefined],
      ['Edge', undefined],
      ['-edge', undefined],
      ['kube-proxy,', undefined],
      ['kube-proxy, edge=soon', undefined],
      ['kube-proxy edge', undefined],
    ],
  ],
  [
    'nodeLifecycleLists',
    nodeLifecycleLists,
    [
      ['none', []],
      ['aws-spot,on-demand', [{ id: 'aws-spot' }, { id: 'on-demand' }]],
      ['karpenter=5m', [{ id: 'karpenter', noticeSeconds: 300 }]],
      ['karpenter=300', undefined],
      ['karpenter=300s/readiness', undefined],
      ['a b', undefined],
      ['', undefined],
    ],
  ],
];

describe.each(CODECS)('%s', (_, codec, rows) => {
  test.each(rows)('%j is read as %j', (text, value) => {
    expect(codec.read(text)).toEqual(value);
  });

  test('what it reads, it writes so that it is read again', () => {
    for (const [text, value] of rows) {
      if (value !== undefined) expect(codec.read(codec.write(codec.read(text)))).toEqual(value);
    }
  });

  test('says what it expects, to complete a sentence', () => {
    expect(codec.expects).toMatch(/^(a |one of |').*[^.]$/);
  });
});

test('keywords are all named', () => {
  expect(keywords('503', 'refused', 'unchanged').expects).toBe('one of 503, refused, unchanged');
});
