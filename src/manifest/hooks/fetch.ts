import type { Tool } from '../../runtimes/runtime';
import { checkSeconds, checkUrl } from './safe-values';

/** The programs that can ask a server something from within its container. */
export type FetchTool = Extract<Tool, 'curl' | 'wget' | 'python3'>;

export interface FetchRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly timeoutSeconds: number;
  readonly fetchWith: FetchTool;
}

/**
 * One request as a shell command that fails unless the answer is 2xx. Never through a proxy: the containers of many
 * companies have one in their environment, and the server asked is always the one beside the hook.
 */
export function fetchCommand(request: FetchRequest): string {
  const checked = checkUrl(request.url);
  const url = /[?&[]/.test(checked) ? `'${checked}'` : checked;
  const limit = checkSeconds('The time limit of a request', request.timeoutSeconds, 1);
  const post = request.method === 'POST';
  switch (request.fetchWith) {
    case 'curl':
      return `curl -fsS${post ? ' -X POST' : ''} --noproxy '*' --max-time ${limit} -o /dev/null ${url}`;
    case 'wget':
      // wget's own -T limits each wait, not the whole, and some busybox builds lack it.
      return `timeout ${limit} wget -q -Y off${post ? " --post-data ''" : ''} -O /dev/null ${url}`;
    case 'python3':
      return `${pythonStart(limit)} r.build_opener(r.ProxyHandler({})).open(${post ? 'r.Request(sys.argv[1], method="POST")' : 'sys.argv[1]'})' ${url}`;
  }
}

const pythonStart = (limit: number) => `python3 -c 'import signal, sys, urllib.request as r; signal.alarm(${limit});`;

/** The time limit within the code of a python one-liner that was written above. */
export function pythonFetchLimit(code: string): number | undefined {
  const limit = /^import signal, sys, urllib\.request as r; signal\.alarm\((\d{1,9})\); r\.build_opener\(/.exec(code);
  return limit ? Number(limit[1]) : undefined;
}
