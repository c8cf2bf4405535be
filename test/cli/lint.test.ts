import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '../../src/cli/lint';
import { deploymentStating } from '../rules/cases/manifests';
import { type Circumstances, clean, folderOf, run, short, yamlOf } from './running';

const stating = (intent: Record<string, string | undefined>) => clean.replace(/^.*/, yamlOf(deploymentStating(intent)));

/** Nobody stated the longest request: a question. */
const asking = stating({ 'longest-request': undefined });
const accepted = short.replace(
  '"cdk8s-graceful/runtime":',
  '"cdk8s-graceful/acknowledge.grace-shorter-than-shutdown": "a nightly batch, nobody waits for it", "cdk8s-graceful/runtime":',
);
const broken = 'apiVersion: v1\nkind: [Service\n';

let folder: ReturnType<typeof folderOf>;
beforeAll(() => {
  folder = folderOf({
    '.git/config.yaml': short,
    'clean.yaml': clean,
    'short.yaml': short,
    'asking.yaml': asking,
    'accepted.yaml': accepted,
    'broken.yaml': `${broken}---\n${short}`,
    'other.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n',
    'sub folder/ü.yaml': short,
  });
});
afterAll(() => folder.remove());

const linted = (args: readonly string[], circumstances: Circumstances = {}) =>
  run(lint, args, { cwd: folder.path, ...circumstances });

describe('exit code', () => {
  test.each([
    ['nothing found', ['clean.yaml'], 0],
    ['an error', ['short.yaml'], 1],
    ['a question', ['asking.yaml'], 0],
    ['a question, where questions count', ['asking.yaml', '--severity', 'cannot-judge'], 1],
    ['a question, where warnings count', ['asking.yaml', '--severity', 'warning'], 0],
    ['an error that is acknowledged', ['accepted.yaml', '--severity', 'error'], 0],
    ['what cannot be read, beside an error', ['broken.yaml'], 2],
    ['no such file, beside a clean one', ['nosuch.yaml', 'clean.yaml'], 2],
    ['objects of kinds that are not judged', ['other.yaml'], 0],
  ] as [string, string[], number][])('%s: %j', async (_name, args, code) => {
    expect((await linted(args)).code).toBe(code);
  });
});

test('what can be read is judged beside what cannot', async () => {
  const { stdout, code } = await linted(['broken.yaml', 'nosuch.yaml']);
  expect(stdout).toMatch(/^nosuch.yaml cannot read: there is no such file or folder$/m);
  expect(stdout).toMatch(/^broken.yaml:\d+ cannot read: /m);
  expect(stdout).toMatch(/^broken.yaml:\d+ error \[grace-shorter-than-shutdown\] apps\/v1 Deployment shop\/orders: /m);
  expect(stdout).toContain('2 problems in the input in 1 file, 4 documents, 3 objects judged');
  expect(code).toBe(2);
});

test('nothing on standard input is no clean run: the program before the pipe may have failed', async () => {
  const { stdout, code } = await linted(['-'], { stdin: '\n' });
  expect(stdout).toMatch(/^<stdin> cannot read: nothing came on standard input$/m);
  expect(code).toBe(2);
});

test('standard input, and what stands in several files is judged together', async () => {
  const [workload = '', ...others] = clean.split('\n---\n');
  const half = await linted(['-'], { stdin: `${workload}\n---\n${others[0]}` });
  expect(half.stdout).toMatch(/^<stdin>:1 error \[pdb-missing\]/);
  const parts = folderOf({ 'a.yaml': workload, 'b.yml': others[0] as string, 'c.json': others[1] as string });
  const whole = await run(lint, ['.'], { cwd: parts.path });
  parts.remove();
  expect(whole).toEqual({ code: 0, stdout: 'no findings in 3 files, 3 documents, 3 objects judged\n', stderr: '' });
});

test('kinds that are not judged are counted, and an acknowledgement is listed with its reason', async () => {
  const { stdout } = await linted(['other.yaml', 'accepted.yaml']);
  expect(stdout).toContain('not judged: 1 v1 Secret');
  expect(stdout).toMatch(
    /^Acknowledged\naccepted.yaml:\d+ \[grace-shorter-than-shutdown\].*\n {2}because: a nightly batch/m,
  );
});

describe('what is stated for the whole run', () => {
  test('counts where the object states nothing', async () => {
    expect((await linted(['asking.yaml'])).stdout).toContain('--longest-request settles 1 of these');
    expect((await linted(['asking.yaml', '--longest-request', '30s'])).stdout).toMatch(/^no findings/);
    const { stdout } = await linted(['asking.yaml', '--longest-request', '2m']);
    expect(stdout).toContain('longest request 120 s');
  });

  test('does not count where the object states it', async () => {
    expect((await linted(['clean.yaml', '--longest-request', '2m'])).stdout).toMatch(/^no findings/);
  });

  test.each([
    [['--traffic', 'aws-load-balancer'], 'prestop-shorter-than-propagation'],
    [['--nodes', 'gke-spot'], 'grace-longer-than-node-gives'],
  ])('%j', async (args, rule) => {
    expect((await linted(['clean.yaml', ...args])).stdout).toContain(`[${rule}]`);
  });

  test('--runtime and --kubernetes', async () => {
    const unknown = folderOf({
      'a.yaml': stating({ runtime: undefined, 'runtime-version': undefined }),
    });
    const judged = (...args: string[]) => run(lint, ['a.yaml', ...args], { cwd: unknown.path });
    expect((await judged()).stdout).toContain('[runtime-unknown]');
    expect((await judged('--runtime', 'spring-boot')).stdout).toContain('[runtime-version-unchecked]');
    expect((await judged('--runtime', 'spring-boot@3.5.0')).stdout).toMatch(/^no findings/);
    // The sleep action of preStop came with 1.29.
    expect((await judged('--runtime', 'spring-boot@3.5.0', '--kubernetes', '1.28')).stdout).toContain(
      '[sleep-action-unsupported]',
    );
    unknown.remove();
  });
});

describe('rules', () => {
  test('by this rule only, or by all but this', async () => {
    const rulesOf = async (...args: string[]) => {
      const { stdout } = await linted(['short.yaml', '-f', 'json', ...args]);
      return JSON.parse(stdout).findings.map((finding: { rule: string }) => finding.rule);
    };
    const all = await rulesOf();
    expect(all).toEqual(['grace-shorter-than-shutdown', 'shutdown-timeout-longer-than-grace']);
    expect(await rulesOf('--rule', 'grace-zero,grace-shorter-than-shutdown')).toEqual([all[0]]);
    expect(await rulesOf('--skip', all[0], '--skip', 'pdb-missing')).toEqual([all[1]]);
    expect(await rulesOf('--rule', all.join(), '--skip', all[1])).toEqual([all[0]]);
  });

  test('an acknowledgement of a rule that is left out is not called unused', async () => {
    const { stdout } = await linted(['accepted.yaml', '--skip', 'grace-shorter-than-shutdown']);
    expect(stdout).not.toContain('acknowledgement-unused');
  });
});

describe('what it refuses', () => {
  test.each([
    [[], 'say what to lint: files, folders, or - for standard input'],
    [[''], 'a path is empty'],
    [['x', '--format', 'xml'], '--format is xml: it can be pretty, json, sarif, junit, github'],
    [['x', '--severity', 'fatal'], '--severity is fatal: it can be error, warning, cannot-judge'],
    [['x', '--rule', 'pdb-mising'], "--rule: there is no rule 'pdb-mising'; did you mean pdb-missing?"],
    [
      ['x', '--skip', 'nothing-like-any'],
      "--skip: there is no rule 'nothing-like-any'; 'cdk8s-graceful rules' lists them",
    ],
    [['x', '--rule', 'pdb-missing', '--skip', 'pdb-missing'], '--rule and --skip leave no rule to judge by'],
    [['x', '--longest-request', 'long'], "--longest-request is 'long': it has to be a duration in whole seconds"],
    [['x', '--traffic', 'kube-proxi'], "--traffic: 'kube-proxi' is not known; did you mean kube-proxy?"],
    [['x', '--nodes', 'moon'], "--nodes: 'moon' is not known; it can be on-demand, aws-spot"],
    [['x', '--runtime', 'spring-bot@3'], "--runtime: 'spring-bot' is not known; did you mean spring-boot?"],
    [['x', '--runtime', 'spring-boot@'], "--runtime is 'spring-boot@': a version follows the @"],
    [['x', '--kubernetes', 'new'], "--kubernetes is 'new': it has to be a Kubernetes version"],
    [['x', '--no-such'], "Unknown option '--no-such'"],
  ])('%j', async (args, message) => {
    await expect(linted(args)).rejects.toThrow(message);
  });

  test('a custom traffic source or node with its time is known', async () => {
    const args = ['clean.yaml', '--traffic', 'mesh=5s', '--nodes', 'moon=600s'];
    expect((await linted(args)).stdout).toMatch(/^no findings/);
  });
});

describe('formats', () => {
  test.each([
    ['sarif', /"uri":"sub%20folder\/%C3%BC.yaml","uriBaseId":"%SRCROOT%"/],
    ['junit', /<testsuite name="sub folder\/ü.yaml"/],
    ['github', /^::error file=sub folder\/ü.yaml,line=1,title=grace-shorter-than-shutdown::/],
    ['json', /"file":"sub folder\/ü.yaml"/],
  ] as [string, RegExp][])('%s', async (format, expected) => {
    const { stdout, code } = await linted(['sub folder', '--format', format]);
    expect(stdout).toMatch(expected);
    expect(code).toBe(1);
  });

  test('places are told from the root of the repository, whatever folder the run is in', async () => {
    const cwd = join(folder.path, 'sub folder');
    expect((await linted(['ü.yaml', '-f', 'github'], { cwd })).stdout).toMatch(/^::error file=sub folder\/ü.yaml,/);
    expect((await linted(['ü.yaml', '-f', 'sarif'], { cwd })).stdout).toContain('"uri":"sub%20folder/%C3%BC.yaml"');
    const outside = folderOf({ 'a.yaml': short });
    const { stdout } = await linted([join(outside.path, 'a.yaml'), '-f', 'sarif']);
    outside.remove();
    expect(stdout).toMatch(/"artifactLocation":\{"uri":"file:\/\/\/[^"]*a.yaml"\}/);
  });

  test('standard input has a name where one is needed', async () => {
    expect((await linted(['-', '-f', 'github'], { stdin: short })).stdout).toMatch(/^::error file=stdin,line=1,/);
    expect((await linted(['-', '-f', 'sarif'], { stdin: short })).stdout).toContain('"uri":"stdin"');
  });

  test('--output writes a file, and says on standard error what is in it', async () => {
    const { stdout, stderr, code } = await linted(['short.yaml', '-f', 'json', '-o', 'report.txt']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toBe('1 error, 1 warning in 1 file, 3 documents, 3 objects judged; see report.txt\n');
    expect(JSON.parse(readFileSync(join(folder.path, 'report.txt'), 'utf8')).summary.errors).toBe(1);
    await expect(linted(['short.yaml', '-o', 'no/such/folder'])).rejects.toThrow(
      'no/such/folder: cannot write: ENOENT',
    );
  });
});

describe('colours', () => {
  const escapes = async (args: readonly string[], circumstances: Circumstances) =>
    (await linted(['short.yaml', ...args], circumstances)).stdout.includes('\u001b[');

  test.each([
    ['a terminal', [], { isTTY: true }, true],
    ['a pipe', [], {}, false],
    ['--no-color', ['--no-color'], { isTTY: true }, false],
    ['NO_COLOR', [], { isTTY: true, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR', [], { isTTY: true, env: { NO_COLOR: '' } }, true],
    ['a dumb terminal', [], { isTTY: true, env: { TERM: 'dumb' } }, false],
    ['FORCE_COLOR', [], { env: { FORCE_COLOR: '1' } }, true],
    ['FORCE_COLOR=0', [], { isTTY: true, env: { FORCE_COLOR: '0' } }, false],
    ['--no-color and FORCE_COLOR', ['--no-color'], { env: { FORCE_COLOR: '1' } }, false],
    ['another format', ['-f', 'github'], { isTTY: true }, false],
  ] as [string, string[], Circumstances, boolean][])('%s', async (_name, args, circumstances, expected) => {
    expect(await escapes(args, circumstances)).toBe(expected);
  });
});

test('--help has examples', async () => {
  const { stdout, code } = await linted(['--help']);
  expect(stdout).toContain('Examples:\n  cdk8s-graceful lint k8s/');
  expect(code).toBe(0);
});
