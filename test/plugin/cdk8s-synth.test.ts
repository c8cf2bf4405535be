import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { devDependencies } from '../../package.json';
import { folderOf, short } from '../cli/running';

/** It packs the library and installs 150 packages: `npx projen test:plugin` and .ci/run ask for it. */
const asked = process.env.CDK8S_GRACEFUL_TEST_PLUGIN === 'true';
const ROOT = join(__dirname, '../..');
const CDK8S_CLI = 'cdk8s-cli@2.207.60';
const FIVE_MINUTES = 300_000;

const MAIN = `
const { App, Chart, Include } = require('cdk8s');
const app = new App();
new Include(new Chart(app, 'shop'), 'file', { url: 'input.yaml' });
app.synth();
`;

const yaml = (pkg: string, properties: string) => `
language: typescript
app: node main.js
validations:
  - package: ${pkg}
    class: GracefulValidation
    version: 0.0.0
    properties: { ${properties} }
`;

(asked ? describe : describe.skip)('cdk8s synth, with the packed library', () => {
  const folder = folderOf({ 'package.json': '{ "private": true }', 'main.js': MAIN, 'input.yaml': short });
  afterAll(() => folder.remove());

  beforeAll(() => {
    const npm = (cwd: string, ...args: string[]) => execFileSync('npm', args, { cwd, encoding: 'utf8' });
    const packed = npm(ROOT, 'pack', '--silent', '--pack-destination', folder.path).trim().split('\n').pop() as string;
    const libraries = ['cdk8s', 'cdk8s-plus-27', 'constructs'] as const;
    const peers = libraries.map((name) => `${name}@${devDependencies[name]}`);
    npm(folder.path, 'install', '--no-audit', '--no-fund', '--omit=optional', `./${packed}`, CDK8S_CLI, ...peers);
  }, FIVE_MINUTES);

  function synth(pkg: string, properties = '', ...args: string[]) {
    writeFileSync(join(folder.path, 'cdk8s.yaml'), yaml(pkg, properties));
    const { status, stdout, stderr } = spawnSync('npx', ['cdk8s', 'synth', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
    });
    return { status, stdout, stderr };
  }

  test.each(['./node_modules/cdk8s-graceful', './node_modules/cdk8s-graceful/lib/plugin'])(
    'loads the class from %s, fails by a finding and reports it',
    (pkg) => {
      const file = `reports-${pkg.length}.json`;
      const { status, stdout } = synth(pkg, '', '--validation-reports-output-file', file);
      expect(status).toBe(2);
      expect(stdout).toContain('grace-shorter-than-shutdown (1 occurrences)');
      expect(stdout).toMatch(/Construct Path: shop\/file\/orders/);
      expect(stdout).toContain('Manifest Path: dist/shop.k8s.yaml');
      const { reports } = JSON.parse(readFileSync(join(folder.path, file), 'utf8'));
      const rules = reports[0].violations.map((violation: { ruleName: string }) => violation.ruleName);
      expect(rules).toContain('grace-shorter-than-shutdown');
      expect(reports[0].summary.status).toBe('failure');
    },
  );

  test('passes where the rule is left out', () => {
    const { status, stdout } = synth(
      './node_modules/cdk8s-graceful/lib/plugin',
      'skip: [grace-shorter-than-shutdown, shutdown-timeout-longer-than-grace], kubernetes: "1.34"',
    );
    expect(stdout).toMatch(/Status +│ success/);
    expect(status).toBe(0);
  });

  test('says in a sentence what is wrong with a property', () => {
    const { status, stderr } = synth('./node_modules/cdk8s-graceful/lib/plugin', 'kubernetes: 1.30');
    expect(status).toBe(1);
    expect(stderr).toContain('kubernetes is 1.3, which is no text: put it in quotes');
    expect(stderr).not.toContain('    at ');
  });
});
