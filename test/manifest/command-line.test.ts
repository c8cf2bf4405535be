import { Container } from '../../src/manifest/container';

const container = (command: readonly string[], env: readonly unknown[] = [], args?: readonly string[]) =>
  new Container({ command, args, env }, false);

describe('a flag', () => {
  test.each<[readonly string[], string | undefined]>([
    [['vllm', 'serve', '--shutdown-timeout', '60'], '60'],
    [['sh', '-c', 'exec vllm serve m --shutdown-timeout 60'], '60'],
    [['sh', '-c', 'vllm serve m --shutdown-timeout=60 | tee log'], '60'],
    [['sh', '-c', 'exec vllm serve m --shutdown-timeout $T'], '60'],
    [['sh', '-c', 'exec vllm serve m --shutdown-timeout=$UNKNOWN'], undefined],
    [['vllm', 'serve', '--shutdown-timeout', '$(T)'], '60'],
    [['vllm', 'serve', '--shutdown-timeout=$(T)'], '60'],
    [['vllm', 'serve', '--shutdown-timeout=$(UNKNOWN)'], '$(UNKNOWN)'],
    [['tini', '--', 'sh', '-c', 'exec vllm serve m --shutdown-timeout 60'], '60'],
    [['tini', '--', 'vllm', '--shutdown-timeout', '60'], '60'],
  ])('of %j is %p', (command, value) => {
    expect(container(command, [{ name: 'T', value: '60' }]).flag('--shutdown-timeout')).toBe(value);
  });
});

describe('whether there may be more flags', () => {
  test.each<[readonly string[], string | undefined]>([
    [['vllm', 'serve'], undefined],
    [['sh', '-c', 'exec vllm serve m'], undefined],
    [['sh', '-c', 'exec vllm serve m $MORE'], 'a variable of its script may hold it'],
    [['sh', '-c', '/app/start.sh'], 'what start.sh adds'],
    [['sh', '/app/start.sh'], 'what its script adds'],
    [['sh', '-c', 'vllm serve (('], 'what its script adds'],
    [['/app/start.sh'], 'what start.sh adds'],
    [['sh', '-c', '. /etc/env && exec vllm serve m'], 'what . /etc/env adds'],
    [['vllm', 'serve', '$(MORE)'], 'what $(MORE) adds'],
  ])('%j', (command, why) => {
    const { unknown } = container(command).commandLine;
    if (why === undefined) expect(unknown).toBeUndefined();
    else expect(unknown).toContain(why);
  });

  test('without command and args there are none', () => {
    expect(container([]).commandLine).toEqual({ words: [] });
  });
});
