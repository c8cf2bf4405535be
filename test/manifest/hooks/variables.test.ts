import { Container } from '../../../src/manifest/container';

const PRE_STOP = (command: readonly string[], env: readonly object[] = [{ name: 'WAIT', value: '20' }]) =>
  new Container({ env, lifecycle: { preStop: { exec: { command } } } }, false).preStop;

describe('a hook that waits as long as a variable says', () => {
  test.each([
    ['sleep $WAIT', 20],
    ['sleep "$WAIT"', 20],
    ['sleep $' + '{WAIT}', 20],
    ['sleep 5 && sleep $WAIT', 25],
    ['sleep $WAIT$WAIT', 2020],
  ])('%s', (script, seconds) => {
    expect(PRE_STOP(['/bin/sh', '-c', script])).toMatchObject({ delaySeconds: seconds, longestSeconds: seconds });
  });

  test('in minutes', () => {
    expect(PRE_STOP(['sh', '-c', 'sleep $WAIT'], [{ name: 'WAIT', value: '2m' }])).toMatchObject({
      longestSeconds: 120,
    });
  });

  test.each([
    ['of another name', 'sleep $WAITING', undefined],
    ['that the script sets', 'WAIT=5; sleep $WAIT', undefined],
    ['that the script reads', 'read WAIT; sleep $WAIT', undefined],
    ['that the shell does not put in', "sleep '$WAIT'", undefined],
    ['that is escaped', 'sleep \\$WAIT', undefined],
    ['from a Secret', 'sleep $WAIT', [{ name: 'WAIT', valueFrom: { secretKeyRef: {} } }]],
    ['that is no length', 'sleep $WAIT', [{ name: 'WAIT', value: '5; sleep 100' }]],
  ])('not one %s', (_, script, env) => {
    const hook = PRE_STOP(['sh', '-c', script], env);
    expect(hook?.delaySeconds).not.toBe(20);
    expect(hook?.longestSeconds === undefined || hook.longestSeconds < 20).toBe(true);
  });

  test('without a shell nothing puts it in', () => {
    expect(PRE_STOP(['sleep', '$WAIT'])).toMatchObject({ delaySeconds: 0, longestSeconds: 0 });
  });
});
