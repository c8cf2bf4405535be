import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { examples, synthesize } from '../../examples/synth';
import { judge } from '../../src/rules/judge';
import { schemaErrors } from '../schemas/validate';

/**
 * The golden files are what our users' own snapshots hold: a change here is a minor version with an entry in CHANGELOG.md.
 * To write them anew: UPDATE_GOLDEN=1 npx jest test/examples/examples.test.ts
 */
const update = process.env.UPDATE_GOLDEN === '1';
const ROOT = path.join(__dirname, '../../examples');

/** On 1.36.3 the kubelet ignores the marker gate; the example is there to show that it says so. */
const EXPECTED_FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'vllm-on-gpus': ['warning exec-readiness-ignored-during-termination'],
};

interface Synthesized {
  readonly files: ReadonlyMap<string, string>;
  readonly objects: readonly any[];
  readonly error?: Error;
}

function synth(example: string): Synthesized {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'example-'));
  let error: Error | undefined;
  jest.isolateModules(() => {
    error = synthesize(example, outdir);
  });
  const names = fs.existsSync(outdir) ? fs.readdirSync(outdir).sort() : [];
  const files = new Map(names.map((name) => [name, fs.readFileSync(path.join(outdir, name), 'utf8')]));
  const objects = names.flatMap((name) => Yaml.load(path.join(outdir, name)));
  fs.rmSync(outdir, { recursive: true, force: true });
  return { files, objects, error };
}

function golden(example: string, file: string, actual: string): void {
  const target = path.join(ROOT, example, file);
  if (update) fs.writeFileSync(target, actual);
  expect(actual).toBe(fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : `(there is no ${target})`);
}

const accepted = examples().filter((example) => !example.startsWith('rejected'));
const rejected = examples().filter((example) => example.startsWith('rejected'));

describe.each(accepted)('%s', (example) => {
  const { files, objects, error } = synth(example);

  test('is accepted', () => {
    expect(error).toBeUndefined();
    expect(files.size).toBeGreaterThan(0);
  });

  test('gives its golden manifests', () => {
    for (const [file, content] of files) golden(example, file, content);
    const goldens = fs.readdirSync(path.join(ROOT, example)).filter((file) => file.endsWith('.k8s.yaml'));
    expect(goldens.sort()).toEqual([...files.keys()]);
  });

  test.each(['1.34', '1.36'] as const)('is valid for the API server of %s', (minor) => {
    for (const object of objects)
      expect({ kind: object.kind, errors: schemaErrors(minor, object) }).toMatchObject({ errors: [] });
  });

  test('has no findings but the expected ones when its files are judged again', () => {
    const findings = judge(objects.map((json) => ({ json }))).findings.map(
      ({ rule, severity }) => `${severity} ${rule}`,
    );
    expect(findings).toEqual(EXPECTED_FINDINGS[example] ?? []);
  });
});

describe.each(rejected)('%s', (example) => {
  test('is refused with its golden error, and writes no file', () => {
    const { files, error } = synth(example);
    expect(error).toBeDefined();
    expect([...files.keys()]).toEqual([]);
    golden(example, 'error.txt', `${error?.message}\n`);
  });
});

test('the budgets are those that the comments of the examples give', () => {
  const sums = accepted.flatMap((example) =>
    judge(synth(example).objects.map((json) => ({ json }))).assessments.map(
      ({ budget }) => `${example}: ${budget?.sum}, grace ${budget?.graceSeconds}`,
    ),
  );
  expect(sums).toEqual(
    expect.arrayContaining([
      'spring-boot-service: preStop delay 10 s + longest request 30 s + margin 5 s = 45 s, grace 45',
      'fastapi-readiness-flag: preStop delay 5 s + quiet period 16 s + longest request 30 s + margin 5 s = 56 s, grace 60',
      'vllm-on-gpus: preStop delay 15 s + longest request 150 s + margin 5 s = 170 s, grace 180',
    ]),
  );
});
