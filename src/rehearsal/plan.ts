import { disturbances } from './disturbances';
import { MANAGED_BY, MANAGED_BY_LABEL, RUN_LABEL } from './labels';
import type { LoadOptions } from './load/load';
import { loadName } from './load-pod';
import type { RehearsalOptions } from './options';
import type { Target } from './target';

/** What a rehearsal would do, step by step. */
export function planText(
  target: Target,
  options: RehearsalOptions,
  load: LoadOptions | undefined,
  context: string | undefined,
  kinds: readonly string[],
): string {
  const { namespace, deployment } = target;
  const quiet = `wait until ${load ? 'nothing is lost' : 'nothing changes'} for ${options.quietSeconds} s`;
  const steps = [
    `note in ConfigMap rehearsal-journal-RUN what has to be undone`,
    ...(options.files.length > 0 ? [`create the ${kinds.join(', ')} of ${options.files.join(', ')}`] : []),
    load ? loadText(load, options.image) : `send nothing: ${target.withoutLoad}`,
    quiet,
    ...options.disturbances.flatMap((name) => {
      const disturbance = disturbances.find((each) => each.name === name);
      const no = disturbance?.impossible?.(target);
      if (!disturbance || no) return [`${name}: not possible, ${no}`];
      const commands = disturbance.commands(target).map((command) => `     ${command}`);
      return [
        [`${name}: ${disturbance.what}`, ...commands].join('\n'),
        `wait until all is as before, and ${quiet.replace('wait until ', '')}`,
      ];
    }),
    `remove everything with the label ${RUN_LABEL}=RUN (it also has ${MANAGED_BY_LABEL}=${MANAGED_BY})`,
  ];
  return [
    `context ${context ?? '(none)'}, namespace ${namespace}: deployment/${deployment}, ${target.replicas} replicas`,
    ...steps.map((step, index) => `${String(index + 1).padStart(2)}. ${step}`),
    'Nothing was done: --dry-run.',
    '',
  ].join('\n');
}

function loadText(load: LoadOptions, image: string): string {
  const { requestsPerSecond, keepAliveClients, timeoutSeconds, host, port } = load;
  const requests = load.requests.map(({ method, path, stream }) => `${method} ${path}${stream ? ' (stream)' : ''}`);
  return (
    `create ConfigMap and Pod ${loadName('RUN')} from ${image}: ${requestsPerSecond} requests a second to ` +
    `http://${host}:${port}, half of them on new connections, half on those that ${keepAliveClients} clients keep ` +
    `alive; each may take ${timeoutSeconds} s: ${requests.join(', ')}`
  );
}
