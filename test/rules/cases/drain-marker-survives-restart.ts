import { type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf } from './manifests';

function marked(path: string, container: Changes = {}) {
  return deploymentOf({
    readinessProbe: { httpGet: undefined, exec: { command: ['/bin/sh', '-c', `test ! -e ${path}`] } },
    lifecycle: { preStop: { sleep: undefined, exec: { command: ['/bin/sh', '-c', `touch ${path}; sleep 10`] } } },
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'drain', mountPath: '/tmp/drain/' },
      { name: 'settings', mountPath: '/settings', readOnly: true },
    ],
    ...container,
  });
}

export const cases: RuleCases = {
  rule: 'drain-marker-survives-restart',
  violation: [
    withCompanions(
      'a marker on an emptyDir',
      marked('/tmp/drain/now'),
      '/tmp/drain/now, which preStop makes and readiness tests, is on volume drain and outlives a container restart',
      'add a postStart hook: rm -f /tmp/drain/now',
    ),
    withCompanions('another volume', marked('/tmp/drain-now'), 'on volume tmp'),
    withCompanions(
      'a command that removes something else',
      marked('/tmp/drain/now', { command: ['/bin/sh', '-c', 'rm -f /tmp/pid; exec /app'] }),
      'is never ready again',
    ),
    withCompanions(
      'a command that only names it',
      marked('/tmp/drain/now', { args: ['--alarm=/tmp/drain/now'] }),
      'is never ready again',
    ),
  ],
  pass: [
    withCompanions("a marker on the container's own file system", marked('/run/drain'), 'goes with it'),
    withCompanions(
      'a postStart that removes it',
      marked('/tmp/drain/now', {
        lifecycle: {
          preStop: { sleep: undefined, exec: { command: ['/bin/sh', '-c', 'touch /tmp/drain/now; sleep 10'] } },
          postStart: { exec: { command: ['rm', '-f', '/tmp/drain/now'] } },
        },
      }),
      'postStart removes /tmp/drain/now',
    ),
    withCompanions(
      'a command that removes it',
      marked('/tmp/drain/now', { command: ['/bin/sh', '-c', 'rm -rf /tmp/drain/*; exec /app'] }),
      'the command removes /tmp/drain/now',
    ),
    withCompanions(
      'arguments that remove it',
      marked('/tmp/drain/now', { args: ['rm -f /tmp/drain/now && exec /app'] }),
      'the command removes /tmp/drain/now',
    ),
  ],
  notApplicable: [
    withCompanions('no marker', deployment(), 'no preStop hook makes a file'),
    withCompanions('a mount that nobody can write to', marked('/settings/drain'), 'never made'),
  ],
};
