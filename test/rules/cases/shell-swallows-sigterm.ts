import { only, type RuleCases, withCompanions } from './case';
import { companions, deployment, deploymentOf } from './manifests';

const started = (command: unknown, args?: unknown) => deploymentOf({ command, args });

export const cases: RuleCases = {
  rule: 'shell-swallows-sigterm',
  violation: [
    withCompanions(
      'a shell without exec',
      started(['/bin/sh', '-c', 'java -jar app.jar']),
      'SIGTERM does not reach the server, which runs on until SIGKILL after the whole grace of 45 s: sh stays PID 1',
      'write exec before the command that starts the server',
    ),
    only(
      'a script in a ConfigMap',
      [
        deploymentOf(
          { command: ['/scripts/start.sh'], volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }] },
          { volumes: [{ name: 'scripts', configMap: { name: 'scripts', defaultMode: 493 } }] },
        ),
        ...companions(),
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { namespace: 'shop', name: 'scripts' },
          data: { 'start.sh': '#!/bin/bash\nmkdir -p /tmp/x\njava -jar app.jar\n' },
        },
      ],
      'bash stays PID 1 until the last command of its script has ended',
    ),
    withCompanions('a pipe', started(['bash', '-c'], ['vllm serve model 2>&1 | tee /tmp/log']), 'bash stays PID 1'),
    {
      ...withCompanions('a script in the image', started(['sh', '/app/start.sh']), 'SIGTERM may not reach the server'),
      severity: 'warning',
    },
    {
      ...withCompanions(
        'only args',
        started(undefined, ['sh', '-c', 'java -jar app.jar']),
        'SIGTERM may not reach the server',
      ),
      severity: 'warning',
    },
    withCompanions(
      'a native sidecar',
      deploymentOf(
        {},
        {
          initContainers: [
            {
              name: 'proxy',
              image: 'registry.example.com/proxy:1',
              restartPolicy: 'Always',
              command: ['dash', '-c', 'proxy'],
            },
          ],
        },
      ),
      'dash stays PID 1',
    ),
  ],
  pass: [
    withCompanions('exec', started(['/bin/sh', '-c', 'exec java -jar app.jar']), 'it ends in exec on every way'),
    withCompanions('bash with one command', started(['bash', '-c', 'java -jar app.jar']), 'bash replaces itself'),
    withCompanions('no shell', started(['java', '-jar', 'app.jar']), 'without a shell'),
  ],
  notApplicable: [
    withCompanions(
      'the entrypoint of the image',
      deployment(),
      'the entrypoint of its image, which is not in the manifest',
    ),
    withCompanions('only args of the image', started(undefined, ['--port', '8080']), 'the entrypoint of its image'),
    withCompanions('no list', started('sh -c java'), 'the entrypoint of its image'),
    withCompanions('no containers', deployment({ spec: { template: { spec: { containers: [] } } } }), 'no containers'),
  ],
};
