import { type Case, type RuleCases, withCompanions } from './case';
import { type Changes, deployment, deploymentOf, merged } from './manifests';

const warning = (example: Case): Case => ({ ...example, severity: 'warning' });

const TEST = { httpGet: undefined, exec: { command: ['/bin/sh', '-c', 'test ! -e /tmp/drain'] } };
const preStop = { sleep: undefined, exec: { command: ['/bin/sh', '-c', 'touch /tmp/drain; sleep 10'] } };
const marked = (changes: Changes = {}) => deploymentOf({ livenessProbe: TEST, lifecycle: { preStop }, ...changes });
const tmp = [{ name: 'tmp', mountPath: '/tmp' }];

const SAME = { httpGet: { path: '/health', port: 8080 } };
const stated = (answer: string, liveness: Changes = SAME) =>
  merged(deploymentOf({ livenessProbe: liveness, readinessProbe: SAME }), {
    metadata: { annotations: { 'cdk8s-graceful/readiness-after-sigterm': answer } },
  });

export const cases: RuleCases = {
  rule: 'liveness-gated-on-drain',
  violation: [
    withCompanions(
      'liveness that tests the marker',
      marked(),
      'the liveness probe tests the drain marker /tmp/drain: a pod drained by it is restarted after 65 s',
      '10 s x 6 + 5 s = 65 s',
    ),
    withCompanions(
      'a marker on a volume',
      marked({ volumeMounts: tmp }),
      'volume tmp keeps the marker, again and again',
    ),
    withCompanions(
      'a marker on a volume, removed at the start',
      marked({
        volumeMounts: tmp,
        lifecycle: { preStop, postStart: { exec: { command: ['rm', '-f', '/tmp/drain'] } } },
      }),
      'is restarted after 65 s',
    ),
    warning(
      withCompanions(
        'the path that turns 503 after SIGTERM',
        stated('503'),
        'liveness asks what readiness asks, GET /health on port 8080, which turns bad after SIGTERM',
      ),
    ),
    warning(
      withCompanions(
        'the path that a drain endpoint turns',
        merged(
          deploymentOf({
            livenessProbe: SAME,
            readinessProbe: SAME,
            lifecycle: {
              preStop: {
                sleep: undefined,
                exec: { command: ['/bin/sh', '-c', 'curl -sf -X POST http://127.0.0.1:8080/drain; sleep 10'] },
              },
            },
          }),
          { metadata: { annotations: { 'cdk8s-graceful/drain-endpoint': '/drain' } } },
        ),
        'which turns bad after a call of /drain',
      ),
    ),
  ],
  pass: [
    withCompanions('a path of its own', deployment(), 'which the drain does not change'),
    withCompanions('a server that refuses connections', stated('refused'), 'which the drain does not change'),
    withCompanions('a marker that only readiness tests', marked({ livenessProbe: {}, readinessProbe: TEST }), 'GET'),
    withCompanions(
      'another path than readiness',
      stated('503', { httpGet: { path: '/live', port: 8080 } }),
      'GET /live',
    ),
  ],
  notApplicable: [withCompanions('no liveness probe', deploymentOf({ livenessProbe: undefined }), 'no liveness probe')],
};
