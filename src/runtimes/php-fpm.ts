import { read, unverified } from '../fact';
import { closedWhileLoading, configured, exitWithinMargin } from './common-facts';
import type { RuntimeFacts } from './runtime';

const DOCKERFILE = 'docker-library/php 8.4/alpine3.22/fpm/Dockerfile@03132393';
const CONTROL = 'php/php-src sapi/fpm/fpm/fpm_process_ctl.c@03f3b847, fpm_pctl_action_next()';
const DIRECTIVES = 'php.net/manual/en/install.fpm.configuration.php';

export const phpFpm: RuntimeFacts = {
  id: 'php-fpm',
  title: 'PHP-FPM',
  kind: 'web',
  ...configured('PHP-FPM', 'readinessPath', 'livenessPath', 'drainEndpoint', 'gauges'),
  port: read(9000, `${DOCKERFILE}: FastCGI, not HTTP`, '2026-11'),
  bindAddress: read(
    { address: '::' },
    `${DOCKERFILE}: listen = 9000; 127.0.0.1:9000 without the image's docker.conf`,
    '2026-11',
  ),
  images: read([{ repository: 'php', tagIsVersion: true, tagWord: 'fpm' }], DOCKERFILE, '2026-11'),
  commands: read(['php-fpm'], DOCKERFILE, '2026-11'),
  stopSignal: read('SIGQUIT', `${DOCKERFILE}: STOPSIGNAL SIGQUIT`, '2026-11'),
  pid1: read('php-fpm: the entrypoint ends with exec', 'docker-library/php docker-php-entrypoint'),
  tools: read(['sh', 'sleep', 'touch', 'rm', 'date', 'curl'], DOCKERFILE, '2026-11'),
  writablePaths: read(['/tmp'], 'php.net/manual/en/ini.core.php, upload_tmp_dir and session.save_path'),
  whileLoading: closedWhileLoading(DOCKERFILE, '2026-11'),
  webSockets: unverified('unknown', 'PHP-FPM speaks FastCGI; it has no WebSockets'),
  endlessStreams: read('cut', CONTROL),
  backgroundTasks: unverified('cut', `work after fastcgi_finish_request() ends with its process; ${CONTROL}`),
  versions: [
    {
      sigterm: {
        inFlight: read('aborts', `${CONTROL}: at SIGQUIT the children get SIGTERM at once and SIGKILL 1 s later`),
        bound: read({ seconds: 0, configuredBy: 'process_control_timeout' }, DIRECTIVES),
        exitSeconds: exitWithinMargin,
        newRequests: read('refused', CONTROL),
        readiness: read('refused', CONTROL),
      },
    },
  ],
  notes: [
    read(
      'The image sets STOPSIGNAL SIGQUIT but not process_control_timeout, whose default 0 makes that as abrupt as SIGTERM. Set it to the longest request in a file of php-fpm.d, and it drains.',
      `${CONTROL}; ${DOCKERFILE}`,
    ),
    read(
      'ping.path and pm.status_path answer over FastCGI, so no httpGet probe reaches them: the probes of the port are TCP.',
      DIRECTIVES,
    ),
  ],
};
