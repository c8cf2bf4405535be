import type { Assessment } from '../../src/manifest/assessment';
import { waitUntilIdleCommand } from '../../src/manifest/hooks/wait-until-idle';
import { type Changes, container, deployment, deploymentOf, service } from '../rules/cases/manifests';
import { assess, script, sleeping, stated, stating } from './assessing';

const sums = ({ budget }: Assessment) => budget?.sum;

describe('the budget', () => {
  test.each([
    [
      'preStop and the longest request',
      sleeping({ sleep: { seconds: 10 } }),
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s',
    ],
    ['no hook', sleeping({}), 'longest request 30 s + margin 5 s = 35 s'],
    [
      'shutdown phases, each as long as the phase timeout',
      stating({ 'shutdown-phases': '3' }),
      'preStop delay 10 s + earlier shutdown phases 60 s + longest request 30 s + margin 5 s = 105 s',
    ],
    [
      'an exit that was stated',
      stating({ exit: '7s' }),
      'preStop delay 10 s + longest request 30 s + exit 7 s + margin 5 s = 52 s',
    ],
    [
      'a hook that holds until everything is done',
      sleeping({ sleep: { seconds: 35 } }),
      'preStop delay 5 s + longest request 30 s + margin 5 s = 40 s',
    ],
    [
      'a script',
      sleeping(script('touch /tmp/x; sleep 12')),
      'preStop delay 12 s + longest request 30 s + margin 5 s = 47 s',
    ],
    [
      'a call before the sleep',
      sleeping(script('curl --max-time 20 http://127.0.0.1/drain; sleep 12')),
      'preStop delay 12 s + rest of preStop 20 s + longest request 30 s + margin 5 s = 67 s',
    ],
    [
      'a hook of unknown length counts with what is certain',
      sleeping(script('/app/drain; sleep 12')),
      'preStop delay 12 s + longest request 30 s + margin 5 s = 47 s',
    ],
    [
      'an httpGet hook',
      sleeping({ httpGet: { path: '/drain', port: 8080 } }),
      'longest request 30 s + margin 5 s = 35 s',
    ],
    [
      'a hook that never ends takes the grace, 45 s',
      sleeping({ exec: { command: ['sleep', 'infinity'] } }),
      'preStop delay 15 s + longest request 30 s + margin 5 s = 50 s',
    ],
    [
      'a quiet period',
      assess(
        deploymentOf(
          { env: [{ name: 'CDK8S_GRACEFUL_QUIET_SECONDS', value: '16' }] },
          {},
          stated({ runtime: 'fast-api', 'runtime-version': undefined }),
        ),
      ),
      'preStop delay 10 s + quiet period 16 s + longest request 30 s + margin 5 s = 61 s',
    ],
  ])('%s', (_, assessment, sum) => {
    expect(sums(assessment)).toBe(sum);
  });

  test('vLLM that waits until idle needs no drain after SIGTERM', () => {
    const command = waitUntilIdleCommand({
      delaySeconds: 15,
      deadlineSeconds: 150,
      url: 'http://127.0.0.1:8000/metrics',
      gauges: ['vllm:num_requests_running'],
      fetchWith: 'curl',
    });
    const preStop = { sleep: undefined, exec: { command } };
    const llama = deploymentOf(
      { image: 'vllm/vllm-openai:v0.32.0', lifecycle: { preStop } },
      {},
      stated({ 'longest-request': '150s' }),
    );
    const assessment = assess(llama, service());
    expect(sums(assessment)).toBe('preStop delay 15 s + longest request 150 s + margin 5 s = 170 s');
    expect(assessment).toMatchObject({ preStopSeconds: 165, idleAtSigterm: true });
  });

  test('vLLM that drains on SIGTERM needs its exit, and says whose it is', () => {
    const llama = deploymentOf({ image: 'vllm/vllm-openai:v0.32.0', args: ['--shutdown-timeout', '60'] });
    const { budget } = assess(llama, service());
    expect(budget?.sum).toBe('preStop delay 10 s + longest request 30 s + exit 14 s + margin 5 s = 59 s');
    expect(budget?.terms.find(({ id }) => id === 'exit')?.reason).toBe('vLLM 0.32.0');
  });

  test('no longest request, no budget', () => {
    expect(stating({ 'longest-request': undefined })).toMatchObject({
      budget: undefined,
      shutdown: undefined,
      serverShutdown: undefined,
    });
  });

  test('the grace of the pod, never below 0', () => {
    expect(sleeping({}, {}, { terminationGracePeriodSeconds: 60 }).budget).toMatchObject({
      graceSeconds: 60,
      slackSeconds: 25,
    });
    expect(sleeping({}, {}, { terminationGracePeriodSeconds: -1 }).budget).toMatchObject({
      graceSeconds: 0,
      slackSeconds: -35,
    });
    expect(sleeping({}, {}, { terminationGracePeriodSeconds: undefined }).budget).toMatchObject({ graceSeconds: 30 });
  });

  test('readiness and traffic are on its timeline', () => {
    const { budget } = assess(deployment(), service());
    expect(budget?.events.map(({ event, second }) => `${second} ${event}`)).toEqual(
      expect.arrayContaining([
        '5 traffic-gone',
        '10 sigterm',
        '21 readiness-false',
        '40 last-request-done',
        '45 sigkill',
      ]),
    );
  });
});

describe('the budget of several containers', () => {
  const hook = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });
  const pod = (keys: Readonly<Record<string, string>>, spec: Changes) =>
    stating(keys, { spec: { template: { spec } } });

  test('the slowest container counts', () => {
    const containers = [container(), { name: 'batch', ...hook(41) }];
    expect(sums(pod({ 'drain.batch': '20s' }, { containers }))).toBe(
      'container batch preStop 41 s + container batch drain 20 s + margin 5 s = 66 s',
    );
    expect(sums(pod({}, { containers }))).toBe('container batch preStop 41 s + margin 5 s = 46 s');
    expect(sums(pod({}, { containers: [container(), { name: 'batch' }] }))).toBe(
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s',
    );
  });

  test('a companion without hook and drain adds no term', () => {
    const { shutdown } = pod({}, { containers: [container(), { name: 'batch' }] });
    expect(shutdown?.containers[1]).toEqual({ name: 'batch', preStop: [], afterSigterm: [] });
  });

  test('sidecars come after the containers, the last one first', () => {
    const initContainers = [
      { name: 'proxy', restartPolicy: 'Always', ...hook(10) },
      { name: 'logs', restartPolicy: 'Always' },
      { name: 'migrate', ...hook(900) },
    ];
    expect(sums(pod({ 'drain.proxy': '20s', 'drain.logs': '3s', 'drain.migrate': '900s' }, { initContainers }))).toBe(
      'preStop delay 10 s + longest request 30 s + sidecar logs drain 3 s + sidecar proxy drain 20 s + margin 5 s = 68 s',
    );
  });

  test.each([
    ['of known length', script('sleep 80'), 'sidecar proxy preStop 80 s + margin 5 s = 85 s'],
    [
      'that may take longer than it must',
      script('[ -e /x ] && sleep 80'),
      'sidecar proxy preStop 80 s + margin 5 s = 85 s',
    ],
    ['of unknown length', script('/drain; sleep 80'), 'sidecar proxy preStop 80 s + margin 5 s = 85 s'],
    ['that never ends', { exec: { command: ['sleep', 'infinity'] } }, 'sidecar proxy preStop 45 s + margin 5 s = 50 s'],
    [
      'that ends at once',
      { exec: { command: ['true'] } },
      'preStop delay 10 s + longest request 30 s + margin 5 s = 45 s',
    ],
  ])('a sidecar with a hook %s', (_, preStop, sum) => {
    expect(
      sums(pod({}, { initContainers: [{ name: 'proxy', restartPolicy: 'Always', lifecycle: { preStop } }] })),
    ).toBe(sum);
  });
});
