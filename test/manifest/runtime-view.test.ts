import { Container } from '../../src/manifest/container';
import type { JsonObject } from '../../src/manifest/json';
import { recognisedRuntime } from '../../src/manifest/recognition';
import { nameOf, runtimeViewOf, settingsOf } from '../../src/manifest/runtime-view';
import { stating } from './stating';

const container = (json: JsonObject) => new Container(json, false);

describe('runtimeViewOf', () => {
  test.each([
    [
      'the image says it',
      { image: 'vllm/vllm-openai:v0.32.0' },
      {},
      { id: 'vllm', title: 'vLLM', version: '0.32.0', checked: true, knownBy: 'image repository vllm/vllm-openai' },
    ],
    [
      'the tag gives no version',
      { image: 'vllm/vllm-openai:latest' },
      {},
      { id: 'vllm', version: undefined, checked: false },
    ],
    [
      'the tag gives no version, the annotation does',
      { image: 'vllm/vllm-openai:latest' },
      { 'runtime-version': '0.18.1' },
      { id: 'vllm', version: '0.18.1' },
    ],
    [
      'the tag counts before the annotation',
      { image: 'vllm/vllm-openai:v0.32.0' },
      { runtime: 'vllm', 'runtime-version': '0.18.1' },
      { version: '0.32.0' },
    ],
    [
      'the image counts before the annotation',
      { image: 'vllm/vllm-openai:latest' },
      { runtime: 'sglang', 'runtime-version': '0.5.6' },
      { id: 'vllm', version: undefined },
    ],
    [
      'a command of its own makes the annotation count',
      { image: 'vllm/vllm-openai:v0.32.0', command: ['python3', 'proxy.py'] },
      { runtime: 'custom' },
      { id: 'custom', title: 'custom', checked: true, knownBy: 'stated', facts: undefined },
    ],
    [
      'a command of its own, and nobody says anything',
      { image: 'vllm/vllm-openai:v0.32.0', command: ['python3', 'proxy.py'] },
      {},
      { id: 'vllm', version: '0.32.0' },
    ],
    [
      'the command starts what the image is for',
      { image: 'vllm/vllm-openai:v0.32.0', command: ['vllm', 'serve'] },
      { runtime: 'custom' },
      { id: 'vllm' },
    ],
    [
      'so do the arguments',
      { image: 'vllm/vllm-openai:v0.32.0', command: ['python3'], args: ['-m', 'vllm.entrypoints.openai.api_server'] },
      { runtime: 'custom' },
      { id: 'vllm' },
    ],
    [
      'an image of the team, stated',
      { image: 'example.com/orders:1.8.2' },
      { runtime: 'spring-boot', 'runtime-version': '3.5.0' },
      { id: 'spring-boot', version: '3.5.0', checked: true, knownBy: 'stated' },
    ],
    [
      'an unreadable version',
      { image: 'example.com/orders:1' },
      { runtime: 'spring-boot', 'runtime-version': 'new' },
      { version: undefined, checked: false },
    ],
    [
      'a version that nobody checked',
      { image: 'example.com/orders:1' },
      { runtime: 'spring-boot', 'runtime-version': '9.0.0' },
      { version: '9.0.0', checked: false },
    ],
    [
      'a runtime that nobody knows',
      { image: 'example.com/orders:1' },
      { runtime: 'netty', 'runtime-version': '4.1' },
      { id: 'netty', title: 'netty', facts: undefined, version: undefined },
    ],
  ])('%s', (_, json, intent: Record<string, string>, expected) => {
    const view = runtimeViewOf(container(json), stating(intent));
    expect({ facts: undefined, version: undefined, ...view }).toMatchObject(expected);
  });

  test('nothing is known of an image of the team', () => {
    expect(
      runtimeViewOf(container({ image: 'example.com/orders:1' }), stating({ 'runtime-version': '3.5.0' })),
    ).toBeUndefined();
    expect(recognisedRuntime(container({ image: 'example.com/orders:1' }))).toBeUndefined();
  });
});

describe('nameOf', () => {
  const none = settingsOf(container({}));
  const flagged = settingsOf(container({ args: ['--a', '1'] }));

  test('a setting is named by its variable, or by its flag where that is given or there is no variable', () => {
    const either = { env: 'A', flag: '--a', format: 'count' } as const;
    expect(nameOf(either, none)).toBe('A');
    expect(nameOf(either, flagged)).toBe('--a');
    expect(nameOf({ env: 'A', format: 'count' }, flagged)).toBe('A');
    expect(nameOf({ flag: '--a', format: 'count' }, none)).toBe('--a');
    expect(nameOf({ format: 'count' }, none)).toBe('');
  });
});
