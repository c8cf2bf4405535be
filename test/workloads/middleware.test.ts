import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { middlewareFiles } from '../../src/workloads/middleware';
import { present } from '../manifest/hooks/shells';

/** An application that says keep-alive, streams, and has a WebSocket; what the middleware makes of each. */
const PROGRAM = `
import asyncio, json
from close_connections import CloseConnections

async def app(scope, receive, send):
    await send({"type": scope["type"] + ".response.start", "headers": [(b"Connection", b"keep-alive"), (b"a", b"b")]})
    await send({"type": scope["type"] + ".response.body", "body": "one", "more_body": True})

def said(kind):
    messages = []
    async def send(message): messages.append(message)
    asyncio.run(CloseConnections(app)({"type": kind}, None, send))
    return [[m["type"], sorted(h.decode() + ": " + v.decode() for h, v in m.get("headers", []))] for m in messages]

print(json.dumps({kind: said(kind) for kind in ["http", "websocket"]}))
`;

const ifPython = present('python3', ['python3', '--version']) ? test : test.skip;

ifPython('every response says Connection: close, and nothing else is touched', () => {
  const folder = mkdtempSync(join(tmpdir(), 'middleware-'));
  for (const [name, text] of Object.entries(middlewareFiles)) writeFileSync(join(folder, name), text);
  const run = spawnSync('python3', ['-c', PROGRAM], { encoding: 'utf8', env: { ...process.env, PYTHONPATH: folder } });
  rmSync(folder, { recursive: true });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toEqual({
    http: [
      ['http.response.start', ['a: b', 'connection: close']],
      ['http.response.body', []],
    ],
    websocket: [
      ['websocket.response.start', ['Connection: keep-alive', 'a: b']],
      ['websocket.response.body', []],
    ],
  });
});
