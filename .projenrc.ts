import { cdk8s, javascript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-graceful',
  description:
    'Kubernetes workloads that lose no request when a pod goes away, and errors that say why when they would',
  keywords: ['cdk8s', 'kubernetes', 'graceful-shutdown', 'preStop', 'terminationGracePeriodSeconds', 'vllm'],
  author: 'cdk8s-graceful contributors',
  authorAddress: 'cdk8s-graceful@example.com',
  repositoryUrl: 'https://github.com/cdk8s-graceful/cdk8s-graceful.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk8s-graceful contributors',
  defaultReleaseBranch: 'main',
  projenVersion: '0.103.25',
  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: '.projen' },
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '22.x',

  // jsii x.y is TypeScript x.y: keep the two together.
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',

  // cdk8s-plus-27@2.9.5 asks for cdk8s ^2.68.11, and 2.68.11 was never published.
  cdk8sVersion: '2.68.12',
  constructsVersion: '10.3.0',
  peerDeps: ['cdk8s-plus-27@^2.9.5'],
  bundledDeps: ['js-yaml@^4.3.2'],
  devDeps: [
    '@types/js-yaml@^4',
    'ajv@^8',
    'ajv-formats@^3',
    'esbuild@^0.28.2',
    'fast-check@^4',
    'jsii-diff@1.134.0',
    // What the reports of lint are held against: the official schema of SARIF, and an XML parser.
    '@microsoft/jest-sarif@1.0.0-beta.0',
    '@types/sarif@^2',
    'fast-xml-parser@^5',
  ],
  integrationTestAutoDiscover: false,
  bin: { 'cdk8s-graceful': 'lib/cli/main.js' },

  docgen: true,
  sampleCode: false,
  release: false,
  depsUpgrade: false,
  buildWorkflowOptions: { mutableBuild: false },
  pullRequestTemplate: false,
  githubOptions: { mergify: false, pullRequestLint: false },

  biome: true,
  biomeOptions: {
    version: '2.5.15', // the newest with every platform's binary published
    biomeConfig: {
      formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, lineWidth: 120 },
      // jsii does not check that what is imported is a declared dependency.
      linter: { rules: { correctness: { noUndeclaredDependencies: 'error' } } },
      // Tests look into manifests whose shape is the thing that they test.
      overrides: [
        { includes: ['test/**'], linter: { rules: { suspicious: { noExplicitAny: 'off' } } } },
        { includes: ['*/results/**'], formatter: { enabled: false } }, // written by programs
        // Applications that the conformance tests install, each with packages of its own.
        { includes: ['conformance/**/*.mjs'], linter: { rules: { correctness: { noUndeclaredDependencies: 'off' } } } },
      ],
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
    },
  },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      coverageProvider: 'babel', // v8 costs half a second for every test file that loads cdk8s-plus
      collectCoverageFrom: ['src/**/*.ts', '!src/index.ts'],
      coverageThreshold: {
        './src/termination/': { lines: 95, branches: 95 },
        './src/rules/': { lines: 95, branches: 95 },
        './src/manifest/': { lines: 95, branches: 95 },
      } as javascript.CoverageThreshold,
      moduleNameMapper: { '^cdk8s-graceful$': '<rootDir>/src/index.ts' },
    },
  },
  typecheckTests: true, // ts-jest runs in isolatedModules mode, so nothing else type checks the tests

  publishToPypi: { distName: 'cdk8s-graceful', module: 'cdk8s_graceful' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8sgraceful',
    mavenGroupId: 'io.github.cdk8sgraceful',
    mavenArtifactId: 'cdk8s-graceful',
  },
  publishToNuget: { dotNetNamespace: 'Cdk8s.Graceful', packageId: 'Cdk8s.Graceful' },
  publishToGo: { moduleName: 'github.com/cdk8s-graceful/cdk8s-graceful-go' },
});

// The examples import the package by its name, as its users do.
project.package.addField('exports', {
  '.': './lib/index.js',
  './plugin': './lib/plugin/index.js',
  './package.json': './package.json',
  './docs/lint.schema.json': './docs/lint.schema.json',
  './.jsii': './.jsii',
});
const examples = new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  include: ['**/*.ts', ...['bench', 'docs', 'rehearsal', 'conformance'].map((folder) => `../${folder}/**/*.ts`)],
  compilerOptions: { noEmit: true, rootDir: '..', paths: { 'cdk8s-graceful': ['../src/index.ts'] } },
});
project.addTask('synth', {
  description: 'Synthesize every example into its own folder, and print the termination budget of each workload',
  steps: [
    { exec: 'jsii --silence-warnings=reserved-word' },
    { exec: 'ts-node --transpile-only --project examples/tsconfig.json examples/synth.ts' },
  ],
});
project.addTask('bench:synth', {
  description: 'What the constructs cost at synth, as a ratio to plain cdk8s-plus-27',
  steps: [
    { exec: 'jsii --silence-warnings=reserved-word' },
    { exec: 'ts-node --transpile-only --project examples/tsconfig.json bench/synth.ts' },
  ],
});
project.addTask('conformance', {
  description: 'Run real servers, send them away as a kubelet does, and compare what they do with the facts',
  exec: 'ts-node --transpile-only --project test/tsconfig.json conformance/run.ts',
  receiveArgs: true,
});
// As root: the runner lets nobody else make a PID namespace.
project.buildWorkflow?.addPostBuildSteps({
  name: 'Compare the facts with real servers',
  run: 'sudo env "PATH=$PATH" npx projen conformance',
});
project.addTask('bench:lint', {
  description: 'What linting costs, as a ratio to what js-yaml takes to parse the same text, and what a start costs',
  steps: [
    { exec: 'jsii --silence-warnings=reserved-word' },
    { spawn: 'bundle' },
    { exec: 'ts-node --transpile-only --project examples/tsconfig.json bench/lint.ts' },
  ],
});
project.addTask('fuzz', {
  description: 'Read and judge 100,000 mutated files; the seed that is printed repeats a run',
  env: { CDK8S_GRACEFUL_FUZZ_RUNS: '100000' },
  exec: 'jest --ci --coverage=false test/fuzz',
});
project.addTask('rehearse', {
  description: 'Rehearse naive manifests and ours on a real Kubernetes, and write docs/proof.md',
  steps: [
    { exec: 'jsii --silence-warnings=reserved-word' },
    {
      exec: 'ts-node --transpile-only --project examples/tsconfig.json rehearsal/main.ts',
      receiveArgs: true,
    },
  ],
});
// The package is compared with what it was at its last release, which needs no registry.
project.removeTask('compat');
project.addTask('api:check', {
  description: 'Refuse a change of the public API that breaks its users',
  exec: 'node test/api-baseline/check.js',
});
project.addTask('api:baseline', {
  description: 'Keep the public API as it is now, to compare with',
  exec: 'node test/api-baseline/refresh.js',
});
project.addTask('test:cluster', {
  description: 'Test on the cluster that CDK8S_GRACEFUL_TEST_CONTEXT names: test/cluster, or some files of it',
  exec: 'jest --ci --coverage=false',
  receiveArgs: true,
});
project.addTask('rehearse:harm', {
  description: 'Show on a cluster what the manifests do that rules refuse; --help says how',
  exec: 'ts-node --transpile-only --project test/tsconfig.json rehearsal/harm/run.ts',
  receiveArgs: true,
});
project.addTask('test:plugin', {
  description: 'Install the packed library and cdk8s-cli into a temporary folder, and run its validation plugin there',
  env: { CDK8S_GRACEFUL_TEST_PLUGIN: 'true' },
  steps: [
    { exec: 'jsii --silence-warnings=reserved-word' },
    { exec: 'jest --ci --coverage=false test/plugin/cdk8s-synth' },
  ],
});
// `lint` runs in every commit, and most of its time would go into the 280 files that it loads.
const bundle = project.addTask('bundle', {
  description: 'Make one file of the lint command and all that it loads',
  exec: 'esbuild lib/cli/lint.js --bundle --platform=node --target=node20 --log-level=warning --allow-overwrite --outfile=lib/cli/lint.js',
});
project.postCompileTask.spawn(bundle);
const docs = project.addTask('docs', {
  description:
    'Generate docs/rules.md from the rules and their tests, docs/runtimes.md from the facts and what was run, docs/proof.md from rehearsal/results',
  steps: ['rules', 'runtimes', 'proof'].map((page) => ({
    exec: `ts-node --transpile-only --project test/tsconfig.json docs/generate-${page}.ts`,
  })),
});
project.postCompileTask.spawn(docs);
project.jest?.addReporter(new javascript.JestReporter('<rootDir>/test/closing-line-reporter.js'));
// The tests come last, so that the run ends with their closing line.
project.testTask.reset(`tsc --noEmit -p ${examples.fileName}`);
project.testTask.exec('tsc --noEmit -p test/tsconfig.json');
project.testTask.exec('biome check');
project.testTask.exec('jest --ci', { receiveArgs: true });
for (const folder of ['examples', 'bench', 'docs', 'rehearsal', 'conformance']) {
  project.biome?.addFilePattern(`${folder}/**`);
  project.addPackageIgnore(`/${folder}/*`);
}
project.addPackageIgnore('!/docs/lint.schema.json'); // the contract of lint --format json
project.addPackageIgnore('/biome.jsonc');
project.addPackageIgnore('/.ci/');

// `package` packs npm only: the other languages are generated here and compiled where their toolchains are.
project.packageTask.reset('projen package:js');
project.addTask('bindings', {
  description: 'Generate the Python, Java, Go and .NET sources (needs no toolchain)',
  exec: 'jsii-pacmak --code-only --no-npmignore --outdir dist/bindings',
});

// README snippets must compile against the library.
project.gitignore.addPatterns('/rehearsal/cases/*/app/target/', '.jsii.tabl.json');
project.addPackageIgnore('.jsii.tabl.json');
project.postCompileTask.exec('jsii-rosetta extract --compile --fail');

project.package.addPackageResolutions(
  'unrs-resolver@1.12.2', // 1.13.0 lacks platforms in some registries, and `npm ci` then refuses the lock file
  'backport@npm:balanced-match@1.0.2', // stray optional dependency of cdk8s-plus-27: 150 packages, 40 MB
);

// The jsii tools print an 11-line banner on Node 20.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.synth();
