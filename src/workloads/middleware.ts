import { EnvValue } from 'cdk8s-plus-27';
import { compareVersions, parseVersion } from '../runtimes/version';
import { firstWithMiddleware } from '../runtimes/vllm';
import type { Checks } from './checks';
import type { Inputs } from './inputs';
import type { GracefulWorkloadProps } from './workload-props';

/** Where the file is mounted; the folder holds nothing else. */
export const MIDDLEWARE_FOLDER = '/opt/cdk8s-graceful';

const MODULE = 'close_connections';

/** What bench/kept-alive measured, without its switch. Plain ASGI: it neither buffers nor delays a stream. */
export const middlewareFiles: Readonly<Record<string, string>> = {
  [`${MODULE}.py`]: `\
"""ASGI middleware: every response says \`Connection: close\`, so that no client stays with a pod that leaves."""


class CloseConnections:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_closing(message):
            if message["type"] == "http.response.start":
                headers = [h for h in message.get("headers", []) if h[0].lower() != b"connection"]
                message = {**message, "headers": [*headers, (b"connection", b"close")]}
            await send(message)

        await self.app(scope, receive, send_closing if scope["type"] == "http" else send)
`,
};

export function middlewareArgs({ runtime }: Inputs): readonly string[] {
  return runtime.closesConnections ? ['--middleware', `${MODULE}.CloseConnections`] : [];
}

/** The folder goes in front of what the user has on the path. */
export function middlewareEnv(
  { runtime, version }: Inputs,
  props: GracefulWorkloadProps,
  checks: Checks,
): Readonly<Record<string, EnvValue>> {
  if (!runtime.closesConnections) return {};
  const { value: first, source } = firstWithMiddleware;
  const exact = version === undefined ? undefined : parseVersion(version);
  if (exact !== undefined && compareVersions(exact, first) < 0) {
    checks.refuse(
      `connections: ${runtime.title} ${version} does not know --middleware, which came with ${first} (${source})`,
    );
  }
  if (props.command !== undefined) {
    checks.refuse(
      'connections: with a command of your own the middleware cannot be loaded; give args instead, or leave connections out',
    );
  }
  const own = props.envVariables?.PYTHONPATH;
  if (own === undefined) return { PYTHONPATH: EnvValue.fromValue(MIDDLEWARE_FOLDER) };
  if (own.value === undefined) {
    checks.refuse(
      `connections: PYTHONPATH comes from elsewhere, so that ${MIDDLEWARE_FOLDER} cannot be put in front of it; give it as a value`,
    );
  }
  return { PYTHONPATH: EnvValue.fromValue(`${MIDDLEWARE_FOLDER}:${own.value}`) };
}
