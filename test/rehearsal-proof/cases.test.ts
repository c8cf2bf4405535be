import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Yaml } from 'cdk8s';
import type { ProofCase, Side } from '../../rehearsal/case';
import { cases } from '../../rehearsal/cases';
import { manifestOf } from '../../rehearsal/perform';
import { loadRequest } from '../../src/cli/rehearse-options';
import { judge } from '../../src/rules/judge';

const FOLDER = join(__dirname, '../../rehearsal/cases');

function objectsOf(proof: ProofCase, side: Side): any[] {
  return Yaml.load(manifestFile(proof, side));
}

const written = new Map<string, string>();
function manifestFile(proof: ProofCase, side: Side): string {
  const key = `${proof.name}-${side}`;
  const file = written.get(key) ?? join(mkdtempSync(join(tmpdir(), 'cdk8s-graceful-proof-')), `${key}.yaml`);
  if (!written.has(key)) writeFileSync(file, manifestOf(proof, side, join(FOLDER, proof.name)));
  written.set(key, file);
  return file;
}

afterAll(() => {
  for (const file of written.values()) rmSync(dirname(file), { recursive: true });
});

test('every case has its number and its name once', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(new Set(cases.map(({ number }) => number)).size).toBe(cases.length);
});

test('where vLLM lies on the nodes has to be said, and its case is skipped otherwise', () => {
  const proof = cases.find(({ name }) => name === 'vllm') as ProofCase;
  const variables = ['CDK8S_GRACEFUL_VLLM_HOME', 'CDK8S_GRACEFUL_VLLM_MODEL'] as const;
  const before = variables.map((name) => process.env[name]);
  try {
    for (const name of variables) delete process.env[name];
    expect(proof.missing?.()).toContain('CDK8S_GRACEFUL_VLLM_HOME does not say where');
    process.env.CDK8S_GRACEFUL_VLLM_HOME = '/opt/engines/vllm';
    expect(proof.missing?.()).toContain('CDK8S_GRACEFUL_VLLM_MODEL does not say where');
    process.env.CDK8S_GRACEFUL_VLLM_MODEL = '/opt/engines/model';
    expect(proof.missing?.()).toBeUndefined();
  } finally {
    variables.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
  }
});

describe.each(cases.map((proof) => [proof.name, proof] as const))('%s', (_, proof) => {
  const deploymentOf = (side: Side) =>
    objectsOf(proof, side).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === proof.deployment);

  test('both manifests have the same Deployment, of the same image and as many replicas', () => {
    const about = (side: Side) => {
      const { spec } = deploymentOf(side);
      return { image: spec.template.spec.containers[0].image, replicas: spec.replicas };
    };
    expect(about('ours')).toEqual(about('naive'));
  });

  test('the naive manifest says nothing of the end that would be enough', () => {
    const findings = judge(objectsOf(proof, 'naive').map((json) => ({ json }))).findings;
    expect(findings.filter(({ severity }) => severity !== 'acknowledged')).not.toEqual([]);
  });

  test('the rules find no error in ours', () => {
    const { findings } = judge(objectsOf(proof, 'ours').map((json) => ({ json })));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('its requests are such as rehearse takes, and its files are there', () => {
    for (const request of proof.requests) expect(loadRequest(request).path).toMatch(/^\//);
    expect(existsSync(join(FOLDER, proof.name, 'ours.ts'))).toBe(true);
  });

  test('the folders that it needs of the nodes are in both manifests, at the same path', () => {
    const mounted = (side: Side) => {
      const { containers, volumes } = deploymentOf(side).spec.template.spec;
      const hostPaths = (volumes ?? []).filter(({ hostPath }: any) => hostPath);
      return hostPaths.map(({ name, hostPath }: any) => {
        const mount = containers[0].volumeMounts.find((each: any) => each.name === name);
        return [hostPath.path, mount?.mountPath, mount?.readOnly];
      });
    };
    const needed = Object.keys(proof.nodeFolders?.() ?? {}).map((path) => [path, path, true]);
    for (const side of ['naive', 'ours'] as const) expect(mounted(side)).toEqual(needed);
  });
});
