import type { Container } from '../manifest/container';
import { shellEntrypoint } from '../manifest/hooks/shell-entrypoint';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const shellSwallowsSigterm: WorkloadRule = {
  id: 'shell-swallows-sigterm',
  title: 'a shell is PID 1 and keeps SIGTERM from the server',
  severity: 'error',
  judges: 'workload',
  hazard:
    'SIGTERM goes to PID 1 only. A shell there neither ends nor passes it on, so the server never starts to drain: it serves until ' +
    'SIGKILL, which cuts what is in flight, and every pod takes its whole grace period to go.',
  remedy: 'Start the server with exec, so that it takes the place of the shell.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example',
    'measured: dash 0.5.12 never replaces itself without exec, bash 5.2 only by a last simple command',
    'https://github.com/goharbor/harbor/issues/14382; https://github.com/relizaio/rearm/issues/269 (30.1 s, then 137)',
  ],
  judge(assessment) {
    const { pod } = assessment.workload;
    if (pod.all.length === 0) return notApplicable('the pod has no containers');
    return pod.all.map((container) => judgeContainer(container, Math.max(1, pod.graceSeconds)));
  },
};

function judgeContainer(container: Container, grace: number): Verdict {
  const { name, command, args, started } = container;
  const ofImage = () =>
    notApplicable(`container ${name} starts by the entrypoint of its image, which is not in the manifest`);
  if (!command?.length && !args?.length) return ofImage();
  const { verdict, why } = shellEntrypoint(command, args, started.fromFile ? started.command : undefined);
  if (verdict === 'no-shell' && !command?.length) return ofImage();
  if (verdict === 'no-shell' || verdict === 'exec') return pass(`container ${name}: ${why}`);
  const certain = verdict === 'swallows-sigterm';
  return violation({
    message: certain
      ? `SIGTERM does not reach the server, which runs on until SIGKILL after the whole grace of ${grace} s: ${why}`
      : `SIGTERM may not reach the server, which would run on until SIGKILL after the whole grace of ${grace} s: ${why}`,
    fix: 'write exec before the command that starts the server, as in sh -c "prepare && exec server"',
    container: name,
    field: command?.length ? 'command' : 'args',
    severity: certain ? undefined : 'warning',
  });
}
