import { readInput } from '../../../src/manifest/input/read-input';

/** A Deployment that is read, with some lines of its spec before the template; it begins on the line that is given. */
const deployment = (spec = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  selector: {matchLabels: {app: orders}}
${spec}  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
      - name: main
        image: example.com/orders:1
`;

const bytes = (...parts: readonly (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

const read = (content: string | Uint8Array) => {
  const { objects, problems, unjudged, documents } = readInput('shop.yaml', content);
  return {
    documents,
    objects: objects.map(({ json, line }) => `${line} ${json.kind}`),
    problems: problems.map(({ line, severity, message }) => `${line} ${severity}: ${message}`),
    unjudged: Object.fromEntries(unjudged),
  };
};

describe('what is read', () => {
  test.each([
    ['a document', deployment(), 1, ['1 Deployment']],
    ['several', `${deployment()}---\n${deployment()}`, 2, ['1 Deployment', '14 Deployment']],
    [
      'an empty one between them',
      `---\n${deployment()}---\n# nothing\n---\n${deployment()}`,
      2,
      ['2 Deployment', '17 Deployment'],
    ],
    [
      'directives and ends',
      `%YAML 1.2\n---\n${deployment()}...\n${deployment()}`,
      2,
      ['3 Deployment', '16 Deployment'],
    ],
    ['nothing', '', 0, []],
    ['comments only', '# a\n---\n# b\n...\n', 0, []],
    ['no line break at the end', deployment().trimEnd(), 1, ['1 Deployment']],
    [
      'line breaks of Windows',
      `${deployment()}---\n${deployment()}`.replaceAll('\n', '\r\n'),
      2,
      ['1 Deployment', '14 Deployment'],
    ],
    ['a byte order mark', `\ufeff${deployment()}`, 1, ['1 Deployment']],
    ['bytes', bytes(0xef, 0xbb, 0xbf, deployment()), 1, ['1 Deployment']],
    ['a rule with content', '--- {apiVersion: v1, kind: Service, spec: {}}\n', 1, ['1 Service']],
    ['a rule in a text', 'apiVersion: v1\nkind: Service\nspec:\n  x: |\n    ---\n    y\n', 1, ['1 Service']],
  ])('%s', (_, content, documents, objects) => {
    expect(read(content)).toEqual({ documents, objects, problems: [], unjudged: {} });
  });

  test('JSON, and a List of objects', () => {
    const items = [
      { apiVersion: 'v1', kind: 'Service', spec: {} },
      { apiVersion: 'v1', kind: 'Secret' },
    ];
    const list = { apiVersion: 'v1', kind: 'List', items };
    expect(read(JSON.stringify(list, null, 1))).toEqual({
      documents: 1,
      objects: ['5 Service'],
      problems: [],
      unjudged: { 'v1 Secret': 1 },
    });
  });

  test('a list of one kind, whose items do not name it', () => {
    const list = 'apiVersion: v1\nkind: ServiceList\nitems:\n- spec: {selector: {app: a}}\n- spec: {}\n';
    expect(read(list).objects).toEqual(['4 Service', '5 Service']);
  });

  test('kinds that no rule looks at are counted', () => {
    const secret = 'apiVersion: v1\nkind: Secret\n---\n';
    expect(read(secret + secret + deployment())).toMatchObject({
      objects: ['7 Deployment'],
      unjudged: { 'v1 Secret': 2 },
    });
  });

  test('merge keys are merged, timestamps stay texts', () => {
    const { objects } = readInput(
      'x',
      'apiVersion: v1\nkind: Service\nmetadata: {creationTimestamp: 2026-01-01}\na: &a {b: c}\nspec:\n  <<: *a\n',
    );
    expect(objects[0]?.json).toMatchObject({ metadata: { creationTimestamp: '2026-01-01' }, spec: { b: 'c' } });
  });
});

describe('what cannot be read is said with its line, and the rest is read', () => {
  const after = `---\n${deployment()}`;

  test.each([
    ['broken YAML', `a: [\n${after}`, '1 error: this is not valid YAML: unexpected end', 2],
    ['a conflict', `a:\n<<<<<<< HEAD\n  b: 1\n=======\n  b: 2\n>>>>>>> x\n${after}`, '2 error: a merge conflict', 7],
    ['a tab', `a:\n\tb: 1\n${after}`, '2 error: this is not valid YAML: tab characters', 3],
    ['an unknown tag', `a: !vault x\n${after}`, '1 error: this is not valid YAML: unknown tag', 2],
    [
      'an alias to another document',
      `a: &a 1\n---\nb: *a\n${after}`,
      '3 error: this is not valid YAML: unidentified alias',
      4,
    ],
    ['a template', `a:\n  {{- if .Values.x }}\n  b: 1\n${after}`, '2 error: this is a template', 4],
    ['no UTF-8', bytes('a: 1\nb: ', 0xe9, `\n${after}`), '2 error: this is not UTF-8', 3],
    ['a null byte', `a: \0\n${after}`, '1 error: this is not valid YAML: null byte', 2],
    ['brackets without end', `${'['.repeat(100_000)}\n${after}`, '1 error: this is not valid YAML: nesting', 2],
    ['no object', `hello\n${after}`, '1 note: this is not a Kubernetes object: it is a string', 2],
    ['a list', `- a\n${after}`, '1 note: this is not a Kubernetes object: it is a list', 2],
    ['no kind', `apiVersion: v1\n${after}`, '1 note: this is not a Kubernetes object: it has no kind', 2],
    [
      'other YAML',
      `replicas: 3\n${after}`,
      '1 note: this is not a Kubernetes object: it has no apiVersion and no kind',
      2,
    ],
    [
      'null in a List',
      `apiVersion: v1\nkind: List\nitems: [null]\n${after}`,
      '1 error: this is not a Kubernetes object: it is null',
      4,
    ],
    [
      'null for a spec',
      `apiVersion: v1\nkind: Service\nspec:\n${after}`,
      '3 error: spec is null, where a mapping belongs',
      4,
    ],
    ['a text for metadata', `apiVersion: v1\nkind: Service\nmetadata: x\n${after}`, '3 error: metadata is a string', 4],
  ])('%s', (_, content, problem, line) => {
    const { objects, problems } = read(content);
    expect(problems.filter((text) => text.startsWith(problem))).toHaveLength(1);
    expect(objects).toEqual([`${line + 1} Deployment`]);
  });

  test.each([
    ['a template without a mapping', 'template:\n', '7 error: spec.template is null'],
    [
      'containers that are no list',
      'template: {spec: {containers: {a: b}}}\n',
      '7 error: spec.template.spec.containers is a mapping, where a list',
    ],
    [
      'a container that is null',
      'template:\n    spec:\n      containers:\n      - name: a\n      -\n',
      '9 error: spec.template.spec.containers[1] is null',
    ],
    ['a pod without a spec', 'template: {spec: 3}\n', '7 error: spec.template.spec is a number'],
  ])('%s', (_, template, problem) => {
    const { objects, problems } = read(`${deployment().split('  template')[0]}  ${template}`);
    expect(objects).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  test('a patch is not judged', () => {
    expect(
      read('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders}\nspec: {replicas: 3}\n'),
    ).toMatchObject({
      objects: [],
      problems: [expect.stringMatching(/^1 note: Deployment orders has no spec.selector: .*kustomize build/)],
      unjudged: { 'apps/v1 Deployment': 1 },
    });
    expect(read(deployment().replace(/image: .*/, 'env: []')).problems).toEqual([
      expect.stringContaining('no container with an image'),
    ]);
    expect(
      read('apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec: {predictor: {model: {}}}\n'),
    ).toMatchObject({
      objects: [],
      unjudged: { 'serving.kserve.io/v1beta1 InferenceService': 1 },
    });
  });

  test('a key that stands twice counts as it stands last', () => {
    const { objects, problems } = readInput('x', deployment('  replicas: 1\n  replicas: 2\n'));
    expect(problems).toMatchObject([{ line: 8, severity: 'error', message: expect.stringContaining('stands twice') }]);
    expect(objects[0]?.json).toMatchObject({ spec: { replicas: 2 } });
  });

  test.each([
    ['envsubst', '$' + '{REPLICAS}', "spec.replicas is the placeholder '$" + "{REPLICAS}'"],
    ['Helm', '{{ .Values.replicas }}', 'spec.replicas is a placeholder {{ }}'],
    ['Helm, quoted', '"{{ .Values.replicas }}"', "spec.replicas is the placeholder '{{ .Values.replicas }}'"],
    ['more than 64 bits', '99999999999999999999', 'spec.replicas is 100000000000000000000, more than'],
  ])('a number that is not there: %s', (_, value, message) => {
    const { objects, problems } = read(deployment(`  replicas: ${value}\n`));
    expect(objects).toEqual(['1 Deployment']);
    expect(problems).toEqual([expect.stringMatching(/^7 note: .*judged as if it were not set$/)]);
    expect(problems[0]).toContain(message);
  });

  test('a placeholder that hides no number is none of our business', () => {
    expect(read(deployment().replace('orders:1', 'orders:$' + '{TAG}')).problems).toEqual([]);
  });

  test.each([
    ['UTF-16LE', Buffer.from(`\ufeff${deployment()}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${deployment()}`, 'utf16le').swap16()],
  ])('%s is read, and said to be what kubectl does not read', (encoding, content) => {
    const { objects, problems } = read(content);
    expect(objects).toEqual(['1 Deployment']);
    expect(problems).toEqual([expect.stringContaining(`1 note: the file is encoded as ${encoding}`)]);
  });

  test('a file that is larger than a string', () => {
    const huge = { length: 600_000_000 } as Uint8Array;
    expect(read(huge).problems).toEqual([expect.stringContaining('larger than 500 MB')]);
  });
});

describe('aliases', () => {
  test('that stand for billions of objects are read once', () => {
    const level = (index: number) =>
      `- &l${index} {apiVersion: v1, kind: List, items: [${Array(9)
        .fill(`*l${index - 1}`)
        .join(', ')}]}\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n- &l0 {apiVersion: v1, kind: Service, spec: {}}\n`;
    expect(read(list + [1, 2, 3, 4, 5, 6, 7, 8, 9].map(level).join('')).objects).toEqual(['4 Service']);
  });

  test('back into an object before them have its line', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  data: &s\n    apiVersion: v1\n    kind: Service\n    spec: {}\n- *s\n';
    expect(read(list).objects).toEqual(['7 Service']);
  });

  test('back into an object that was read, and objects after them', () => {
    const item = (name: string, rest = '') =>
      `- apiVersion: v1\n  kind: Service\n  metadata: {name: ${name}}\n  spec: {}\n${rest}`;
    const within = (anchor: string) => `  ${anchor}: &${anchor}\n    apiVersion: v1\n    kind: Service\n    spec: {}\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${item('a', within('x') + within('y'))}- *x\n- *y\n- *x\n${item('b')}`;
    expect(read(list).objects).toEqual(['4 Service', '9 Service', '13 Service', '19 Service']);
  });

  test('that merge too much end in an error', () => {
    const many = Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join(', ');
    const merged = Array.from({ length: 20 }, (_, index) => `m${index}: {<<: *a}`).join('\n');
    expect(read(`a: &a {${many}}\n${merged}\n---\n${deployment()}`)).toMatchObject({
      objects: [expect.stringContaining('Deployment')],
      problems: [expect.stringContaining('error: this is not valid YAML')],
    });
  });
});
