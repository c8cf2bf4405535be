import { readInput } from '../../../src/manifest/input/read-input';
import type { JsonObject } from '../../../src/manifest/json';

const SPACES = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "orders"
  annotations:
    "example.com/replicas": "3"
    spec: text
spec: # of the pods
  selector: {matchLabels: {app: orders}}

  "replicas" : 3
  template:
    metadata: {labels: {app: orders,
      tier: web}}
    spec:
      # the grace
      terminationGracePeriodSeconds: 30
      containers:
      - image: example.com/a:1
        name: first
      - name: second
        image: example.com/b:1
        args:
        - image: no
        lifecycle:
          preStop:
            exec: {command: [sleep, "5"]}
`;

function objectOf(text: string) {
  const [object] = readInput('x.yaml', text).objects;
  if (!object) throw new Error('there is no object');
  return object;
}

describe('the line of a field', () => {
  const object = objectOf(SPACES);

  test.each([
    ['', 2],
    ['metadata', 4],
    ['metadata/name', 5],
    ['metadata/annotations/example.com~1replicas', 7],
    ['spec', 9],
    ['spec/replicas', 12],
    ['spec/selector/matchLabels', 10],
    ['spec/template/metadata/labels/app', 14],
    ['spec/template/metadata/labels/tier', 15],
    ['spec/template/spec/terminationGracePeriodSeconds', 18],
    ['spec/template/spec/containers', 19],
    ['spec/template/spec/containers/0', 20],
    ['spec/template/spec/containers/0/name', 21],
    ['spec/template/spec/containers/1', 22],
    ['spec/template/spec/containers/1/image', 23],
    ['spec/template/spec/containers/1/lifecycle/preStop/exec/command', 28],
    ['spec/template/spec/containers/1/lifecycle/preStop/sleep', 27],
    ['spec/template/spec/containers/1/livenessProbe/httpGet', 22],
    ['spec/template/spec/containers/7/image', 19],
    ['spec/strategy/type', 9],
    ['status', 2],
  ])('%s is %i', (path, line) => {
    const keys = path === '' ? [] : path.split('/').map((key) => key.replace('~1', '/'));
    expect(object.lineOf?.(keys)).toBe(line);
  });

  test('from a container on', () => {
    const containers = (object.json as any).spec.template.spec.containers as readonly JsonObject[];
    expect(object.lineOf?.(['lifecycle', 'preStop'], containers[1])).toBe(27);
    expect(object.lineOf?.(['lifecycle', 'preStop'], containers[0])).toBe(20);
    expect(object.lineOf?.([], {})).toBe(2);
  });

  test('in JSON, and where a key stands in a part of it too', () => {
    const json = {
      apiVersion: 'v1',
      kind: 'Service',
      spec: { first: { type: 'x' }, ports: [{ name: 'type' }], type: 'y' },
    };
    const lines = JSON.stringify(json, null, 1).split('\n');
    const line = lines.map((text) => text.includes('"type"')).lastIndexOf(true) + 1;
    expect(objectOf(JSON.stringify(json, null, 1)).lineOf?.(['spec', 'type'])).toBe(line);
    expect(objectOf(JSON.stringify(json)).lineOf?.(['spec', 'type'])).toBe(1);
  });

  test('of the second object of a file, and of one in a List', () => {
    const second = readInput('x.yaml', `${SPACES}---\n${SPACES}`).objects[1];
    expect(second?.lineOf?.(['spec', 'replicas'])).toBe(SPACES.split('\n').length - 1 + 1 + 12);
    const items = SPACES.trimEnd()
      .split('\n')
      .slice(1)
      .map((text, index) => (index === 0 ? `- ${text}` : `  ${text}`));
    const list = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret}\n${items.join('\n')}\n`;
    expect(objectOf(list).lineOf?.(['spec', 'replicas'])).toBe(4 + 11);
  });

  test('behind an alias is that of the alias', () => {
    const aliased = 'apiVersion: v1\nkind: Service\nother: &a\n  type: x\nspec: *a\n';
    expect(objectOf(aliased).lineOf?.(['spec', 'type'])).toBe(4);
    const merged = 'apiVersion: v1\nkind: Service\nother: &a\n  type: x\nspec:\n  <<: *a\n';
    expect(objectOf(merged).lineOf?.(['spec', 'type'])).toBe(5);
  });

  test('with anchors, tags and line breaks of Windows in front', () => {
    const text = 'apiVersion: v1\r\nkind: Service\r\nspec: &a !!map\r\n  # why\r\n  type: x\r\n  ports: []\r\n';
    expect(objectOf(text).lineOf?.(['spec', 'ports'])).toBe(6);
  });
});
