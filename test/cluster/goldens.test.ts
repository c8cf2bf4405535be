import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Yaml } from 'cdk8s';
import { describeOnCluster, type Json, kubectl, Namespace } from './kubectl';

jest.setTimeout(120_000);

const EXAMPLES = join(__dirname, '../../examples');

const goldens = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.k8s.yaml'))
  .sort();

describeOnCluster('an API server', () => {
  let namespace: Namespace;

  beforeAll(async () => {
    namespace = await Namespace.create();
  });
  afterAll(() => namespace?.remove());

  const apply = (objects: readonly Json[]) => {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    const strictly = ['--dry-run=server', '--validate=strict', '--warnings-as-errors'];
    return kubectl(['-n', namespace.name, 'apply', ...strictly, '-f', '-'], JSON.stringify(list));
  };

  test.each(goldens)('accepts the golden manifest %s', async (file) => {
    const objects: Json[] = Yaml.load(join(EXAMPLES, file)).filter(Boolean);
    // Its own namespace is not there; nothing else depends on it.
    for (const { metadata } of objects) delete metadata.namespace;

    const accepted = await apply(objects);

    expect(accepted.trim().split('\n')).toHaveLength(objects.length);
  });

  test('refuses a field that it does not know, so that what it accepts says something', async () => {
    const file = goldens[0] ?? '';
    const objects: Json[] = Yaml.load(join(EXAMPLES, file));
    for (const { metadata } of objects) delete metadata.namespace;
    const deployment = objects.find(({ kind }) => kind === 'Deployment');
    deployment.spec.template.spec.terminationGracePeriod = 30;
    await expect(apply(objects)).rejects.toThrow(/unknown field "[a-z.]*terminationGracePeriod"/);
  });

  test('is asked for every example that is accepted', () => {
    const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((each) => each.isDirectory());
    const examples = folders.map(({ name }) => name).filter((name) => name !== 'rejected');
    expect([...new Set(goldens.map(dirname))].sort()).toEqual(examples.sort());
    expect(goldens.map((file) => basename(file))).toContain('kubernetes-1-34.k8s.yaml');
  });
});
