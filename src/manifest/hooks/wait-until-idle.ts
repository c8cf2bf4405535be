import type { FetchTool } from './fetch';
import { checkGauges, checkPath, checkSeconds, checkUrl, isGaugeName } from './safe-values';

export interface WaitUntilIdleHook {
  /** Slept first, until no traffic source sends anything new. */
  readonly delaySeconds: number;

  /** How long to wait for idle at most, counted from the end of the delay. */
  readonly deadlineSeconds: number;

  /** Where the server shows its metrics. */
  readonly url: string;

  /** The in-flight gauges: idle means that each is there and all its series are zero, twice in a row. */
  readonly gauges: readonly string[];

  readonly fetchWith: FetchTool;

  /** Touched before the delay: the drain marker that readiness tests. */
  readonly markerPath?: string;
}

/** `$0` of the script: how the hook is recognised in a manifest, and how its line begins in the container log. */
const NAME = 'cdk8s-graceful-wait-until-idle';

/** How each tool gets the metrics, and which exit code and words mean that nobody listens any more. */
const FETCH: Record<FetchTool, { readonly get: string; readonly nobodyListens: string }> = {
  curl: { get: 'curl -s "$url"', nobodyListens: '7\\ *' },
  wget: { get: 'wget -q -O - "$url" 2>&1', nobodyListens: `4\\ * | *"can't connect"*` },
  python3: {
    get: `python3 -c '
import sys, urllib.request as r
try: sys.stdout.buffer.write(r.urlopen(sys.argv[1]).read())
except OSError as e: sys.exit(7 if "Connection refused" in str(e) else 1)' "$url"`,
    nobodyListens: '7\\ *',
  },
};

/**
 * Only the choice of the tool goes into the text; everything else arrives as an argument.
 *
 * - /proc/uptime rather than `date`: no jump of the clock can cut or stretch the deadline.
 * - A read is killed after a second, because not every wget can limit its own time.
 * - It is judged at once, and the second between two reads comes after: a request that arrives between the last read and
 *   SIGTERM is lost, and may hold the process until SIGKILL (bench/kept-alive).
 * - `-le`: the uptime is cut to whole seconds, and the wait must not be shorter than the deadline.
 * - An unreadable or missing answer never counts as idle. Only a port on which nobody listens means that waiting is
 *   pointless: a server that is slow to answer may still be busy.
 * - `>>`: the container log may be a file, which `>` would empty.
 */
function scriptWith(fetchWith: FetchTool): string {
  const { get, nobodyListens } = FETCH[fetchWith];
  return `\
# arguments: drain marker or '', delay, deadline after the delay, metrics URL, in-flight gauges
marker=$1 delay=$2 deadline=$3 url=$4 idle=0 gone=0 state=unknown
shift 4
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
set -f; IFS='
'
get() { exec ${get}; }
now() { read -r uptime </proc/uptime; echo "\${uptime%%.*}"; }

end() {
  line="$0: $1, $(($(now) - start)) s after the delay of $delay s"
  { echo "$line" >>/proc/1/fd/1; } 2>/dev/null || echo "$line"
  exit 0
}

judge() { # sets state to idle if $body has every gauge and each of their series is zero
  for gauge; do
    state="no $gauge in the metrics"
    for line in $body; do
      case $line in "$gauge "* | "$gauge{"*) ;; *) continue ;; esac
      value=\${line#"$gauge"}; value=\${value##*\\}}; value=\${value# }
      case \${value%% *} in
        *[!0.eE+-]*) state="still busy"; return ;;
        *0*) state=idle ;;
        *) return ;;
      esac
    done
    [ "$state" = idle ] || return
  done
}

[ -z "$marker" ] || touch "$marker"
sleep "$delay"
start=$(now)
while [ $(($(now) - start)) -le "$deadline" ]; do
  body=$(
    get & reader=$!
    { sleep 1; kill $reader; } >/dev/null 2>&1 &
    wait $reader; code=$?
    kill $! 2>/dev/null
    exit $code
  )
  code=$?
  case "$code $body" in
    0\\ *) gone=0; judge "$@" ;;
    ${nobodyListens}) gone=$((gone + 1)); state="nobody listens" ;;
    143\\ *) gone=0; state="no answer within 1 s" ;;
    *) gone=0; state="no readable answer (code $code)" ;;
  esac
  if [ "$state" = idle ]; then idle=$((idle + 1)); else idle=0; fi
  [ $idle -lt 2 ] || end "idle"
  [ $gone -lt 3 ] || end "nobody listens at $url any more"
  sleep 1
done
end "deadline of $deadline s reached: $state"
`;
}

const SCRIPTS: Readonly<Record<FetchTool, string>> = {
  curl: scriptWith('curl'),
  wget: scriptWith('wget'),
  python3: scriptWith('python3'),
};

export function waitUntilIdleCommand(options: WaitUntilIdleHook): string[] {
  return [
    '/bin/sh',
    '-c',
    SCRIPTS[options.fetchWith],
    NAME,
    options.markerPath === undefined ? '' : checkPath(options.markerPath),
    String(checkSeconds('The delay', options.delaySeconds, 0)),
    String(checkSeconds('The deadline', options.deadlineSeconds, 1)),
    checkUrl(options.url),
    ...checkGauges(options.gauges),
  ];
}

/** The hook as it stands in a manifest; undefined for any other command. */
export function readWaitUntilIdle(command: readonly string[]): WaitUntilIdleHook | undefined {
  const [, flag, text, name, marker, delay, deadline, url, ...gauges] = command;
  if (flag !== '-c' || name !== NAME || marker === undefined || url === undefined) return undefined;
  const fetchWith = /^get\(\) \{ exec (curl|wget|python3) /m.exec(text)?.[1] as FetchTool | undefined;
  const delaySeconds = wholeSeconds(delay);
  const deadlineSeconds = wholeSeconds(deadline);
  if (!fetchWith || delaySeconds === undefined || !deadlineSeconds) return undefined;
  if (gauges.length === 0 || !gauges.every(isGaugeName)) return undefined;
  return { delaySeconds, deadlineSeconds, url, gauges, fetchWith, ...(marker && { markerPath: marker }) };
}

function wholeSeconds(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
