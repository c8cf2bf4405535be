import { Container } from '../../src/manifest/container';
import type { JsonObject } from '../../src/manifest/json';
import { recognisedRuntime } from '../../src/manifest/recognition';
import { runtimeViewOf } from '../../src/manifest/runtime-view';
import { stating } from './stating';

const of = (json: JsonObject) => recognisedRuntime(new Container({ image: 'example.com/app:1', ...json }, false));

describe('by the image', () => {
  test.each([
    ['vllm/vllm-openai:v0.32.0', '0.32.0', 'image repository vllm/vllm-openai'],
    ['registry.example.com/vllm/vllm-openai:v0.32.0', '0.32.0', 'image path vllm/vllm-openai, taken for a mirror of'],
    ['registry.example.com:5000/cache/vllm/vllm-openai:v0.32.0@sha256:0', '0.32.0', 'taken for a mirror of'],
    ['mirror.example.com/vllm/vllm-openai:latest', undefined, 'taken for a mirror of'],
  ])('%s', (image, version, by) => {
    expect(of({ image })).toMatchObject({ facts: { id: 'vllm' }, version, certain: true, ownImage: true });
    expect(of({ image })?.recognisedBy).toContain(by);
  });

  test.each([
    'registry.example.com/nginx:1.29',
    'registry.example.com/vllm-openai:v0.32.0',
    'example/vllm-openai',
    'other-vllm/vllm-openai-x',
  ])('%s may be anything', (image) => expect(of({ image })).toBeUndefined());
});

describe('by what the command starts', () => {
  test.each([
    ['uvicorn', { command: ['uvicorn', 'app:app'] }, 'command uvicorn'],
    ['uvicorn', { args: ['uvicorn', 'app:app'] }, 'command uvicorn'],
    ['uvicorn', { command: ['/usr/bin/python3.11', '-m', 'uvicorn', 'app:app'] }, 'command python -m uvicorn'],
    ['uvicorn', { command: ['sh', '-c', 'cd /app && exec uvicorn app:app --port $PORT'] }, 'command uvicorn'],
    ['uvicorn', { command: ['tini', '--', 'env', 'A=b', 'uvicorn', 'app:app'] }, 'command uvicorn'],
    ['uvicorn', { command: ['bash', '-c', 'eval "exec uvicorn app:app"'] }, 'command uvicorn'],
    ['gunicorn', { command: ['gunicorn', '-k', 'uvicorn.workers.UvicornWorker', 'app'] }, 'command gunicorn'],
    ['celery', { command: ['celery', '-A', 'tasks', 'worker'] }, 'command celery ... worker'],
    ['uvicorn', { image: 'vllm/vllm-openai:v0.32.0', command: ['uvicorn', 'app:app'] }, 'command uvicorn'],
  ])('%s: %j', (id, json, recognisedBy) => {
    expect(of(json)).toMatchObject({ facts: { id }, recognisedBy, certain: true, ownImage: false });
  });

  test.each([
    ['two servers', { command: ['sh', '-c', 'nginx & exec gunicorn app'] }],
    ['a program of another name', { command: ['uvicorn-exporter'] }],
    ['a script that is not here', { command: ['sh', '/start.sh', 'uvicorn'] }],
    ['a script that cannot be read', { command: ['sh', '-c', 'uvicorn "'] }],
    ['a program known only in the container', { command: ['sh', '-c', '"$SERVER" app'] }],
    ['a worker that is not asked for', { command: ['celery', '-A', 'tasks', 'beat'] }],
    ['another module', { command: ['python', '-m', 'app'] }],
  ])('not by %s', (_, json) => {
    expect(of(json)).toBeUndefined();
  });

  test('the image counts where the command is unknown, but not against a statement', () => {
    const json = { image: 'vllm/vllm-openai:v0.32.0', command: ['bash', '-c', 'ray start --block'] };
    expect(of(json)).toMatchObject({ facts: { id: 'vllm' }, certain: false });
    const container = new Container(json, false);
    expect(runtimeViewOf(container, stating({ runtime: 'uvicorn' }))?.id).toBe('uvicorn');
    expect(runtimeViewOf(container, stating({}))?.id).toBe('vllm');
  });
});

test('not by a variable or a port', () => {
  const env = [{ name: 'SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE', value: '30s' }];
  expect(of({ env, ports: [{ containerPort: 8080 }] })).toBeUndefined();
});

describe('what is stated for the whole run', () => {
  const view = (json: JsonObject, intent: Parameters<typeof stating>[0] = {}) =>
    runtimeViewOf(new Container(json, false), stating(intent), { runtime: 'uvicorn', runtimeVersion: '0.45.0' });

  test('counts where neither the manifest nor an annotation says anything', () => {
    expect(view({ image: 'example.com/app:1' })).toMatchObject({
      id: 'uvicorn',
      version: '0.45.0',
      knownBy: 'stated for the whole run',
    });
    expect(view({ image: 'vllm/vllm-openai:v0.32.0' })?.id).toBe('vllm');
    expect(view({ image: 'example.com/app:1' }, { runtime: 'gunicorn' })?.id).toBe('gunicorn');
  });
});
