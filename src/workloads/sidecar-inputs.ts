import type { Checks } from './checks';
import type { Sidecar } from './sidecar';

export interface SidecarInput {
  readonly sidecar: Sidecar;
  readonly drainSeconds: number;
  readonly preStopDelaySeconds?: number;
}

/** The name of the container that serves the requests. */
export const SERVER_CONTAINER = 'main';

export function sidecarsOf(
  checks: Checks,
  sidecars: readonly Sidecar[],
  serverPort: number | undefined,
): readonly SidecarInput[] {
  const ports = sidecars.flatMap((sidecar) => (sidecar.port === undefined ? [] : [sidecar.port]));
  checks.duplicates('the container name', [SERVER_CONTAINER, ...sidecars.map((sidecar) => sidecar.name)]);
  checks.duplicates('the port', serverPort === undefined ? ports : [serverPort, ...ports]);
  const proxies = sidecars.filter(({ inFront }) => inFront).map(({ name }) => name);
  if (proxies.length > 1) checks.refuse(`sidecars ${proxies.join(' and ')} are both inFront: the Service leads to one`);
  return sidecars.map((sidecar) => {
    const name = `sidecar '${sidecar.name}'`;
    checks.dnsLabel('the name of a sidecar', sidecar.name);
    // The name is part of an annotation key, drain.<name>, whose name part may have 63 characters.
    if (sidecar.name.length > 57) checks.refuse(`${name}: the name has more than 57 characters`);
    checks.image(`${name}: image`, sidecar.image);
    if (sidecar.port !== undefined) checks.port(`${name}: port`, sidecar.port);
    checks.count(`${name}: user`, sidecar.user);
    for (const path of ['readinessPath', 'startupPath'] as const) {
      checks.urlPath(`${name}: ${path}`, sidecar[path]);
      if (sidecar[path] !== undefined && sidecar.port === undefined) checks.refuse(`${name}: ${path} needs a port`);
    }
    checkProxy(checks, sidecar, name);
    checks.duplicates(`${name}: the mount path`, sidecar.volumeMounts?.map(({ path }) => path) ?? []);
    return {
      sidecar,
      drainSeconds: checks.seconds(`${name}: drain`, sidecar.drain) ?? 0,
      preStopDelaySeconds: checks.seconds(`${name}: preStopDelay`, sidecar.preStopDelay),
    };
  });
}

function checkProxy(checks: Checks, { inFront, drainCommand, port, name: container }: Sidecar, name: string): void {
  if (inFront && port === undefined) checks.refuse(`${name} is inFront, which needs a port for the Service to lead to`);
  if (drainCommand === undefined) return;
  if (!inFront) {
    checks.refuse(
      `${name}: drainCommand is for a sidecar inFront; any other gets SIGTERM when the server no longer needs it`,
    );
  }
  const [program = ''] = drainCommand;
  if (program.trim() === '' || /\s/.test(program)) {
    checks.refuse(
      `${name}: drainCommand begins with ${JSON.stringify(program)}, which is no program; each word is an item of its own`,
    );
  }
  if (drainCommand.some((word) => word.includes('\0'))) checks.refuse(`${name}: drainCommand holds a NUL character`);
  // The name is part of an annotation key, image-tools.<name>, whose name part may have 63 characters.
  if (container.length > 51) checks.refuse(`${name}: with drainCommand the name has at most 51 characters`);
}
