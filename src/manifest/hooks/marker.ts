import { type FetchTool, fetchCommand } from './fetch';
import { checkPath, checkSeconds } from './safe-values';

export { isSafePath } from './safe-values';

/** Turns readiness false by a file, then keeps serving until the delay is over. */
export function markerPreStopCommand(options: { readonly path: string; readonly delaySeconds: number }): string[] {
  const path = checkPath(options.path);
  // `;` and not `&&`: a marker that cannot be written must not cost the delay as well.
  return ['/bin/sh', '-c', `touch ${path}; sleep ${checkSeconds('The delay', options.delaySeconds, 0)}`];
}

/** Removes the marker of the previous run: it outlives a container restart, and the pod would never be ready again. */
export function markerPostStartCommand(path: string): string[] {
  return ['rm', '-f', checkPath(path)];
}

/** Not ready while the marker is there; otherwise the server's own answer decides. */
export function markerReadinessCommand(options: {
  readonly path: string;
  readonly url: string;
  readonly timeoutSeconds: number;
  readonly fetchWith: FetchTool;
}): string[] {
  const fetch = fetchCommand({ ...options, method: 'GET' });
  // exec: a kubelet whose probe runs out of time kills this one process, and would leave its children behind.
  return ['/bin/sh', '-c', `test ! -e ${checkPath(options.path)} && exec ${fetch}`];
}
