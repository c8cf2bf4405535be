import * as fc from 'fast-check';
import { drainEndpointPreStopCommand } from '../../../src/manifest/hooks/drain-endpoint';
import {
  markerPostStartCommand,
  markerPreStopCommand,
  markerReadinessCommand,
} from '../../../src/manifest/hooks/marker';
import { parseHook, testedPaths } from '../../../src/manifest/hooks/parse';
import { waitUntilIdleCommand } from '../../../src/manifest/hooks/wait-until-idle';

const sh = (script: string) => parseHook(['/bin/sh', '-c', script]);
const bash = (script: string) => parseHook(['bash', '-c', script]);

describe('certain lengths', () => {
  test.each<[string[], number]>([
    [['sleep', '15'], 15],
    [['/bin/sleep', '15'], 15],
    [['/usr/bin/sleep', '15s'], 15],
    [['sleep', '1m', '30'], 90],
    [['/bin/busybox', 'sleep', '7'], 7],
    [['env', 'X=1', 'sleep', '7'], 7],
    [['usleep', '500000'], 0.5],
    [['nohup', 'setsid', 'nice', '-n', '5', 'ionice', '-c', '3', 'stdbuf', '-oL', 'sleep', '7'], 7],
    [['env', '-u', 'X', 'gosu', 'app', 'su-exec', 'app', 'sleep', '7'], 7],
    [['tini', '-g', '--', 'sleep', '7'], 7],
    [['tini-static', 'docker-init', '-e', '143', 'dumb-init', '-r', '15:3', 'catatonit', 'sleep', '7'], 7],
    [['env'], 0],
    [['env', 'X=1'], 0],
    [['true'], 0],
    [['rm', '-f', '/tmp/x'], 0],
    [['tail', '-n', '1', '/tmp/x'], 0],
    [['python3', '-c', 'import time; time.sleep(15)'], 15],
    [['/usr/bin/python3.12', '-c', 'from time import sleep\nsleep(2.5)\n'], 2.5],
    [['node', '-e', 'setTimeout(() => {}, 15000)'], 15],
    [['node', '--eval', 'setTimeout(function () {}, 1500);'], 1.5],
    [['perl', '-e', 'sleep 15'], 15],
    [['ruby', '-e', 'sleep(15);'], 15],
    [['bash', '-lc', 'sleep 3'], 3],
    [['bash', '-euo', 'pipefail', '-c', 'sleep 3'], 3],
    [['bash', '--norc', '-c', 'sleep 3'], 3],
    [['sh', '-c', '--', 'sleep 3'], 3],
    [['sh', '-c', ''], 0],
    [['sh'], 0],
  ])('%j takes %d s', (command, seconds) => {
    expect(parseHook(command)).toMatchObject({ delaySeconds: seconds, longestSeconds: seconds });
    expect(parseHook(command).unknown).toBeUndefined();
  });

  test.each<[string, number]>([
    ['sleep 15', 15],
    ['sleep 1m', 60],
    ['sleep 0.5', 0.5],
    ['sleep .5', 0.5],
    ['sleep 0.1; sleep 0.2', 0.3],
    ['sleep 1h', 3600],
    ['sleep 1d', 86400],
    ['sleep "15"', 15],
    ["'sleep' 1\\5", 15],
    ['sleep 1; sleep 2\nsleep 3 && sleep 4', 10],
    ['touch /tmp/x && sleep 15', 15],
    ['sleep 5 || true', 5],
    ['sleep 5 || sleep 6', 5],
    ['false || sleep 6', 6],
    ['false && sleep 6', 0],
    ['! sleep 5', 5],
    ['! false && sleep 5', 5],
    ['exec sleep 5', 5],
    ['command sleep 5', 5],
    ['builtin time -p exec -a name sleep 5', 5],
    ['set -u; sleep 5', 5],
    ['break; continue; sleep 5', 5],
    ['f() { return; sleep 5; }; f; sleep 6', 6],
    ['echo "a\\\nb \\$X"; sleep 5', 5],
    ['echo "$(echo "(")"; sleep 5', 5],
    ["echo $(echo ')'); sleep 5", 5],
    ['echo `echo \\`sleep 5\\``', 5],
    ['! ! true && sleep 5', 5],
    ['exec sleep 5; sleep 6', 5],
    ['sleep 5; exit 0; sleep 6', 5],
    ['# sleep 100\nsleep 5 # and done', 5],
    ['echo "draining # not a comment"; sleep 5', 5],
    ['echo draining > /proc/1/fd/1; sleep 5', 5],
    ['sleep 5 2>/dev/null >&2', 5],
    ['X=1 sleep 5', 5],
    ['X=1; sleep 5', 5],
    ['sleep \\\n 5', 5],
    ['{ sleep 5; }; (sleep 6)', 11],
    ['for i in 1 2 3; do sleep 5; done', 15],
    ['for i in $(seq 1 10); do sleep 1; done', 10],
    ['for i in $(seq 10)\ndo\n  sleep 1\ndone\nsleep 5', 15],
    ['for i in $(seq 3 2); do sleep 1; done', 0],
    ['if true; then sleep 5; else sleep 6; fi', 5],
    ['if false; then sleep 5; elif true; then sleep 6; fi', 6],
    ['while false; do sleep 5; done', 0],
    ['f() { sleep 5; return; sleep 6; }; f; f', 10],
    ['function f { sleep 5; }; f', 5],
    ['sleep() { :; }; sleep 100', 0],
    ['eval "sleep 5"', 5],
    ['sh -c "sleep 5"; bash -c \'sleep 6\'', 11],
    ['set -e; touch /tmp/x; sleep 5', 5],
    ['set -e; set +e; false; sleep 5', 5],
    ['X=$(sleep 5)', 5],
    ['echo `sleep 5`', 5],
    ['cat <<EOF\nsleep 100\nEOF\nsleep 5', 5],
    ["cat <<-EOF; sleep 5\n\tit's\n\tEOF", 5],
    ['exec > /tmp/log; sleep 5', 5],
    [`echo $((1 + 2)) \${X:-y} "$@" $1 $; sleep 5`, 5],
    ['timeout 5 sleep 100', 5],
    ['timeout -k 1 5 sleep 3', 3],
    ['timeout -t 5 sleep 100', 5],
    ['case x in *) sleep 0 ;; esac; sleep 5', 5],
    ['sleep nonsense; sleep 5', 5],
    ['sleep; sleep 5', 5],
    ['echo x | sleep 5', 5],
    ["trap 'echo stopped' TERM; sleep 5", 5],
    ['', 0],
  ])('sh -c %j takes %d s', (script, seconds) => {
    const { delaySeconds, longestSeconds, unknown } = sh(script);
    expect({ delaySeconds, longestSeconds, unknown }).toEqual({
      delaySeconds: seconds,
      longestSeconds: seconds,
      unknown: undefined,
    });
  });

  test('what may be skipped counts to the most only', () => {
    expect(sh('test -f /tmp/x && sleep 5')).toMatchObject({ delaySeconds: 0, longestSeconds: 5 });
    expect(sh('test -f /tmp/x || exit 1; sleep 5')).toMatchObject({ delaySeconds: 0, longestSeconds: 5 });
    expect(sh('if [ -f /x ]; then sleep 5; else sleep 7; fi')).toMatchObject({ delaySeconds: 5, longestSeconds: 7 });
    expect(sh('if [ -f /x ]; then sleep 5; fi')).toMatchObject({ delaySeconds: 0, longestSeconds: 5 });
    expect(sh('if [ -f /x ]; then exit; fi; sleep 5')).toMatchObject({ delaySeconds: 0, longestSeconds: 5 });
    expect(sh('case $X in a) sleep 5 ;; b|c) sleep 6;; esac')).toMatchObject({ delaySeconds: 0, longestSeconds: 6 });
    expect(sh('set -e; grep -q x /y; sleep 5')).toMatchObject({ delaySeconds: 0, longestSeconds: 5 });
    expect(sh('set -o errexit; false; sleep 5')).toMatchObject({ delaySeconds: 0, longestSeconds: 0 });
    expect(sh('set -e; grep -q x /y || true; if grep x /y; then :; fi; sleep 5')).toMatchObject({ delaySeconds: 5 });
    expect(parseHook(['sh', '-ec', '(grep -q x /y); sleep 5'])).toMatchObject({ delaySeconds: 0, longestSeconds: 5 });
    expect(sh('for i in 1 2 3; do sleep 1; [ -f /x ] && break; done; sleep 5')).toMatchObject({
      delaySeconds: 6,
      longestSeconds: 8,
    });
    expect(sh('for i in 1 2; do for j in 1 2; do sleep 1; break; done; done')).toMatchObject({
      delaySeconds: 2,
      longestSeconds: 4,
    });
    expect(sh('for i in 1 2; do [ -f /x ] && exit; done; sleep 5')).toMatchObject({
      delaySeconds: 0,
      longestSeconds: 5,
    });
    expect(sh('kill -TERM $$; sleep 5')).toMatchObject({ delaySeconds: 0, longestSeconds: 5 });
    expect(sh('kill -QUIT 1; sleep 5')).toMatchObject({ delaySeconds: 5, longestSeconds: 5 });
    expect(sh('curl -fsS --max-time 5 http://127.0.0.1/drain; sleep 15')).toMatchObject({
      delaySeconds: 15,
      longestSeconds: 20,
    });
    expect(sh('curl -sm5 http://x/ || curl -m 2 http://x/')).toMatchObject({ delaySeconds: 0, longestSeconds: 7 });
    expect(sh('timeout 30 wget http://x/')).toMatchObject({ delaySeconds: 0, longestSeconds: 30 });
  });

  test('bash counts braces, sh may not', () => {
    expect(bash('for i in {1..10}; do sleep 1; done')).toMatchObject({ delaySeconds: 10, longestSeconds: 10 });
    expect(sh('for i in {1..10}; do sleep 1; done')).toMatchObject({ delaySeconds: 1, longestSeconds: 10 });
    expect(bash('[[ -f /x && $Y > 3 ]] || true; sleep 5')).toMatchObject({ delaySeconds: 5, longestSeconds: 5 });
  });
});

describe('lengths that are not known, with the reason', () => {
  test.each<[string, number, RegExp]>([
    ['sleep $DRAIN', 0, /sleep \$DRAIN: its value is known only in the container/],
    [`sleep \${DRAIN:-15}; sleep 5`, 5, /known only in the container/],
    ['sleep infinity', Number.POSITIVE_INFINITY, /for ever/],
    ['nginx -s quit; sleep 15', 15, /how long nginx takes is not known/],
    ['nginx -s quit && sleep 15', 0, /nginx/],
    ['curl -X POST http://x/drain; sleep 15', 15, /curl .* --max-time/],
    ['curl -m $T http://x', 0, /curl/],
    ['curl -m 5 --retry 3 http://x', 0, /curl/],
    ['while true; do sleep 1; done', 1, /how often a while loop runs/],
    ['until curl http://x; do sleep 1; done; sleep 5', 5, /curl|until/],
    ['until [ -f /x ]; do sleep 1; done', 0, /how often an until loop runs/],
    ['for p in $PIDS; do sleep 1; done; sleep 2', 2, /for loop/],
    ['for p in /run/*.pid; do sleep 1; done', 0, /for loop/],
    ['for p; do sleep 1; done', 0, /for loop/],
    ['for i in 1 2; do nginx; sleep 1; done', 2, /nginx/],
    ['sleep 15 &', 0, /background/],
    ['nginx & sleep 15; wait', 15, /background/],
    ['nginx | sleep 5', 5, /nginx/],
    ['$CMD; sleep 5', 5, /only in the container/],
    ['exec /stop.sh', 0, /stop\.sh/],
    ['timeout $T sleep 5; nginx', 5, /nginx/],
    ['if x; then set -e; fi; sleep 5', 0, /set -e on some ways only/],
    ['if x; then f() { :; }; fi; sleep 5', 0, /the function f is not the same on every way/],
    ['f() { :; }; f() { sleep 5; }; f', 0, /the function f is not the same on every way/],
    ['. /env.sh; sleep 5', 0, /env\.sh/],
    ['eval "$X"; sleep 5', 0, /only in the container/],
    ['sh /opt/stop.sh; sleep 5', 5, /the script \/opt\/stop\.sh/],
    ['tail -f /dev/null', 0, /tail/],
    ["trap 'sleep 9' EXIT; sleep 5", 5, /trap/],
    ['python3 -c "import app; app.stop()"', 0, /python3/],
    ['perl -e "$X"', 0, /perl/],
    ['sleep 5; echo "never closed', 0, /not understood: a double quote/],
    ["sleep 5; echo 'never closed", 0, /not understood: a quote/],
    ['echo $(sleep 5', 0, /not understood: a \( that is never closed/],
    ['echo "$(date "+%s)"', 0, /not understood/],
    ['echo `date', 0, /backtick/],
    ['if true; then sleep 5', 0, /unexpected end instead of fi/],
    ['sleep 5; done', 0, /unexpected done/],
    ['sleep 5 )', 0, /unexpected \)/],
    ['for 1 in x; do :; done', 0, /for loop without a variable/],
    ['case x in a) sleep 5', 0, /unexpected end in a case/],
    ['((i++)); sleep 5', 0, /arithmetic/],
    ['diff <(a) <(b)', 0, /process substitution/],
    ['cat <<', 0, /unexpected end/],
    ['cat <<\nx', 0, /here-document without a delimiter/],
    ['[[ -f x', 0, /\[\[ that is never closed/],
    ['> ', 0, /unexpected end/],
    ['f() { f; }; f', 0, /too deep/],
    ['f() { eval f; }; f', 0, /too deep/],
    [`${'{ '.repeat(100)}sleep 5`, 0, /too deep/],
    [`echo ${'"$('.repeat(100)}`, 0, /too deep/],
    [`echo ${'$('.repeat(40)}sleep 5${')'.repeat(40)}`, 0, /too deep/],
    [
      `a() { :; }; ${[...'bcdefghijklmnop'].map((c, i) => `${c}() { ${'abcdefghijklmno'[i]}; ${'abcdefghijklmno'[i]}; }`).join('; ')}; p`,
      0,
      /too long|too deep/,
    ],
  ])('sh -c %j waits at least %d s', (script, least, why) => {
    const hook = sh(script);
    expect(hook.delaySeconds).toBe(least);
    expect(hook.longestSeconds).toBeUndefined();
    expect(hook.unknown).toMatch(why);
  });

  test('a command that is no list of words', () => {
    expect(parseHook([])).toMatchObject({ delaySeconds: 0, unknown: 'the command is empty' });
    expect(parseHook(['sleep 15'])).toMatchObject({ delaySeconds: 0, tools: [] });
    expect(parseHook(['sleep 15']).unknown).toMatch(/"sleep 15" is taken as the name of one program/);
    expect(parseHook(['exit', '0']).unknown).toBeDefined();
  });
});

describe('files and tools', () => {
  test('what a hook creates, removes and needs', () => {
    expect(sh('touch -d now /run/x/draining "$DIR/y"; sleep 15')).toMatchObject({
      touches: ['/run/x/draining', '$DIR/y'],
      removes: [],
      tools: ['sh', 'touch', 'sleep'],
    });
    expect(sh(`echo 1 > /tmp/a >> /tmp/b 2>/dev/null; date | tee -a \${X}/c; rm -rf /tmp/d -- /tmp/e`)).toMatchObject({
      touches: ['/tmp/a', '/tmp/b', '$X/c'],
      removes: ['/tmp/d', '/tmp/e'],
      tools: ['sh', 'date', 'tee', 'rm'],
    });
    expect(
      sh('if [ -f /x ]; then { unlink /x; } > /y; fi; X=$(curl a) f; f() { nc b; }; for i in $(seq 3); do :; done'),
    ).toMatchObject({ touches: ['/y'], removes: ['/x'], tools: ['sh', 'unlink', 'curl', 'nc', 'seq'] });
    expect(parseHook(['/usr/bin/env', 'timeout', '5', '/bin/bash', '-c', 'exec nice sleep 5']).tools).toEqual([
      'env',
      'timeout',
      'bash',
      'nice',
      'sleep',
    ]);
    expect(sh('case $(id -u) in 0) eval "su x" ;; esac; while true; do a && b; done; nginx |& cat').tools).toEqual([
      'sh',
      'id',
      'su',
      'a',
      'b',
      'nginx',
      'cat',
    ]);
    expect(sh('echo "').tools).toEqual(['sh']);
    expect(parseHook(['test', '-f', '/x']).tools).toEqual(['test']);
  });

  test.each<[string[], string[]]>([
    [['test', '!', '-f', '/tmp/draining'], ['/tmp/draining']],
    [['sh', '-c', 'test ! -f /tmp/draining'], ['/tmp/draining']],
    [['sh', '-c', '[ ! -e /tmp/draining ]'], ['/tmp/draining']],
    [['bash', '-c', '[[ ! -e /tmp/draining ]] && curl -f localhost'], ['/tmp/draining']],
    [['sh', '-c', '! test -f /tmp/draining'], ['/tmp/draining']],
    [['sh', '-c', 'if [ -e "$DIR/draining" ]; then exit 1; fi'], ['$DIR/draining']],
    [['cat', '/tmp/healthy'], ['/tmp/healthy']],
    [
      ['sh', '-c', 'ls /tmp/a; stat -c %s /tmp/b; read x < /tmp/c'],
      ['/tmp/a', '/tmp/b', '/tmp/c'],
    ],
    [['test', '-z', 'x'], []],
    [['test', '-f'], []],
    [[], []],
  ])('%j tests %j', (command, paths) => {
    expect(testedPaths(command)).toEqual(paths);
  });
});

describe('what the library writes, it reads', () => {
  const path = '/run/cdk8s-graceful/draining';

  test('marker', () => {
    expect(parseHook(markerPreStopCommand({ path, delaySeconds: 15 }))).toEqual({
      delaySeconds: 15,
      longestSeconds: 15,
      touches: [path],
      removes: [],
      tools: ['sh', 'touch', 'sleep'],
    });
    expect(parseHook(markerPostStartCommand(path))).toMatchObject({
      longestSeconds: 0,
      removes: [path],
      tools: ['rm'],
    });
  });

  test.each(['curl', 'wget', 'python3'] as const)('with %s', (fetchWith) => {
    const url = 'http://127.0.0.1:8000/drain?graceful';
    const probe = markerReadinessCommand({ path, url, timeoutSeconds: 2, fetchWith });
    expect(testedPaths(probe)).toEqual([path]);
    expect(parseHook(probe)).toMatchObject({ delaySeconds: 0, longestSeconds: 2, touches: [] });
    expect(parseHook(probe).tools).toEqual(['sh', ...(fetchWith === 'wget' ? ['timeout'] : []), fetchWith]);
    for (const method of ['GET', 'POST'] as const) {
      const hook = { url, method, fetchWith, timeoutSeconds: 5, delaySeconds: 15 };
      expect(parseHook(drainEndpointPreStopCommand(hook))).toMatchObject({ delaySeconds: 15, longestSeconds: 20 });
      const waiting = drainEndpointPreStopCommand({ ...hook, waitSeconds: 30 });
      expect(parseHook(waiting)).toMatchObject({ delaySeconds: 45, longestSeconds: 50 });
    }
    const idle = {
      delaySeconds: 15,
      deadlineSeconds: 150,
      url: 'http://127.0.0.1:8000/metrics',
      gauges: ['a', 'b'],
      fetchWith,
    };
    expect(parseHook(waitUntilIdleCommand({ ...idle, markerPath: path }))).toEqual({
      delaySeconds: 15,
      longestSeconds: 165,
      waitUntilIdle: { deadlineSeconds: 150, gauges: ['a', 'b'] },
      touches: [path],
      removes: [],
      tools: ['sh', 'sleep', 'touch', fetchWith],
    });
    expect(parseHook(waitUntilIdleCommand(idle))).toMatchObject({ touches: [], tools: ['sh', 'sleep', fetchWith] });
  });
});

describe('any command at all', () => {
  const word = fc.constantFrom(
    ...[
      'sleep',
      '5',
      '$X',
      'if',
      'then',
      'else',
      'elif',
      'fi',
      'for',
      'in',
      'while',
      'do',
      'done',
      'case',
      'esac',
      '{',
      '}',
    ],
    ...[
      '(',
      ')',
      ';',
      ';;',
      '&',
      '&&',
      '|',
      '||',
      '\n',
      '>',
      '<<',
      '<',
      '"',
      "'",
      '`',
      '$(',
      '${',
      '\\',
      '#',
      '!',
      '[[',
      ']]',
    ],
    ...[
      'exec',
      'eval',
      'exit',
      'break',
      'set -e',
      'f',
      'f()',
      'sh -c',
      'timeout 3',
      'x=',
      '$(seq 1 9)',
      '{1..5}',
      'touch /a',
    ],
  );
  const script = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word).map((words) => words.join(' ')),
    fc.array(word).map((words) => words.join('')),
  );
  const command = fc.oneof(
    fc.array(fc.string()),
    script.map((text) => ['sh', '-c', text]),
    script.map((text) => ['bash', '-ec', text]),
    fc.array(fc.oneof(word, script)),
  );

  test('is answered, and never with a least above the most', () => {
    fc.assert(
      fc.property(command, (words) => {
        const hook = parseHook(words);
        expect(hook.delaySeconds).toBeGreaterThanOrEqual(0);
        if (hook.longestSeconds === undefined) expect(hook.unknown).toBeTruthy();
        else expect(hook.longestSeconds).toBeGreaterThanOrEqual(hook.delaySeconds);
        testedPaths(words);
      }),
      { numRuns: 3000 },
    );
  });
});
