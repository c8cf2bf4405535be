import type { Container } from './container';
import { objectsAt, textAt } from './json';
import type { Probe } from './probe';

/**
 * Whether two probes of one container ask the same thing: path with its query, port, scheme, host, headers and gRPC
 * service all count. A named port is the same as its number.
 */
export function sameAction(container: Container, one: Probe, other: Probe): boolean {
  if (one.kind !== other.kind || one.kind === 'none') return false;
  if (one.command) return JSON.stringify(one.command) === JSON.stringify(other.command);
  if (portOf(container, one) !== portOf(container, other)) return false;
  for (const [field, otherwise] of FIELDS) {
    if ((textAt(one.action, field) ?? otherwise) !== (textAt(other.action, field) ?? otherwise)) return false;
  }
  return headersOf(one) === headersOf(other);
}

/** What a probe asks, for people: `GET /healthz on port 8080`. */
export function actionText(probe: Probe): string {
  if (probe.command) return `exec ${probe.command.join(' ')}`;
  const port = probe.port === undefined ? 'no port' : `port ${probe.port}`;
  if (probe.kind === 'httpGet') return `GET ${probe.path} on ${port}`;
  return `${probe.kind === 'grpc' ? 'gRPC' : 'TCP'} on ${port}`;
}

const FIELDS: readonly (readonly [string, string])[] = [
  ['path', '/'],
  ['scheme', 'HTTP'],
  ['host', ''],
  ['service', ''],
];

function portOf(container: Container, { port }: Probe): number | string | undefined {
  if (typeof port !== 'string') return port;
  return container.ports.find(({ name }) => name === port)?.containerPort ?? port;
}

function headersOf({ action }: Probe): string {
  const headers = objectsAt(action, 'httpHeaders');
  if (headers.length === 0) return '';
  return headers
    .map((header) => `${textAt(header, 'name')?.toLowerCase()}: ${textAt(header, 'value')}`)
    .sort()
    .join('\n');
}
