import { supports } from '../kubernetes/gates';
import { drainEndpointPreStopCommand } from '../manifest/hooks/drain-endpoint';
import type { FetchTool } from '../manifest/hooks/fetch';
import { markerPostStartCommand, markerPreStopCommand } from '../manifest/hooks/marker';
import { waitUntilIdleCommand } from '../manifest/hooks/wait-until-idle';
import type { JsonObject } from '../manifest/json';
import { type Settings, settingValue, sigtermOf } from '../manifest/runtime-view';
import { summarizeTraffic } from '../manifest/traffic-view';
import { QUIET_SECONDS_ENV } from '../runtimes/fast-api';
import type { Gauges, Setting, Tool } from '../runtimes/runtime';
import { sigtermBehaviour } from '../runtimes/sigterm-behaviour';
import type { Checks } from './checks';
import { DrainStrategy } from './drain-strategy';
import type { Inputs } from './inputs';

/** How the server is told to go. */
export interface DrainPlan {
  readonly strategy: DrainStrategy;
  /** From deletion until no traffic source sends anything new, or as long as the user says. */
  readonly delaySeconds: number;
  /** The file that preStop makes and readiness tests. */
  readonly markerPath?: string;
  readonly fetchWith?: FetchTool;
  readonly preStop?: JsonObject;
  readonly postStart?: JsonObject;
  /** What the library sets; the user's own wins. */
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

type Gate = 'marker' | 'endpoint' | 'server';

const MARKER_DIRECTORY = '/var/run/cdk8s-graceful';
const DRAIN_CALL_SECONDS = 5;

/**
 * @param readinessFailsSeconds the longest time from a bad answer until the kubelet calls the pod not ready
 * @param own what the user's environment and arguments set
 */
export function drainPlanOf(inputs: Inputs, readinessFailsSeconds: number, own: Settings, checks: Checks): DrainPlan {
  const { runtime, tools } = inputs;
  const traffic = summarizeTraffic(
    inputs.trafficSources ?? [{ id: 'kube-proxy' }],
    inputs.trafficSources !== undefined,
  );
  const followers = traffic.sources.filter((source) => source.follows === 'readiness');
  const slowestFollower = Math.max(0, ...followers.map((source) => source.propagationSeconds));
  const fetchWith = (['curl', 'wget', 'python3'] as const).find((tool) => tools?.has(tool));

  const switches = switchesOf(inputs);
  const strategy = inputs.drainStrategy ?? defaultStrategy(inputs, switches, own, fetchWith);
  const gate = gateOf(inputs, strategy, fetchWith, followers.length > 0, checks);
  const lag = gate !== 'server' && followers.length > 0 ? readinessFailsSeconds + slowestFollower : 0;
  const delaySeconds = inputs.preStopDelaySeconds ?? Math.max(traffic.propagationSeconds, lag);
  const serverDelaySeconds = Math.max(delaySeconds, proxyPassesOnUntil(inputs, delaySeconds));

  const env: Record<string, string> = { ...runtime.facts?.env?.value, ...listenEnv(inputs), ...switches.env };
  if (runtime.readinessFlag) env[QUIET_SECONDS_ENV] = String(readinessFailsSeconds + slowestFollower);
  const markerPath = gate === 'marker' ? `${inputs.drainGate?._path ?? MARKER_DIRECTORY}/draining` : undefined;
  return {
    strategy,
    delaySeconds,
    markerPath,
    fetchWith,
    preStop: preStopOf(inputs, strategy, gate, serverDelaySeconds, markerPath, fetchWith, checks),
    postStart: markerPath === undefined ? undefined : { exec: { command: markerPostStartCommand(markerPath) } },
    env,
    args: strategy === DrainStrategy.DRAIN_ON_SIGTERM ? switches.args : [],
  };
}

/** A proxy in front that is told to drain passes on what clients send on the connections that it still keeps for them. */
function proxyPassesOnUntil({ proxy, longestRequestSeconds }: Inputs, delaySeconds: number): number {
  if (!proxy?.sidecar.drainCommand) return 0;
  const keepsSeconds = Math.max(0, proxy.drainSeconds - longestRequestSeconds);
  return (proxy.preStopDelaySeconds ?? delaySeconds) + keepsSeconds;
}

interface Switches {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** What turns the server's own drain on, and bounds it by the longest request where its default bound is another. */
function switchesOf(inputs: Inputs): Switches {
  const { runtime, version, longestRequestSeconds: longest } = inputs;
  if (!runtime.facts) return { env: {}, args: [] };
  const { drainSwitch, bound } = sigtermBehaviour(runtime.facts, version).behaviour;
  const settings = new Map<Setting, string>();
  if (drainSwitch) {
    const { setting, on } = drainSwitch.value;
    settings.set(setting, typeof on === 'number' ? settingValue(setting, longest) : on);
  }
  const { setting, seconds } = bound.value;
  // A flag may stand only behind a command line that the library writes: alone it would replace the image's own.
  const canBeSet = setting?.flag === undefined || setting.flagsEnv !== undefined || ownsCommandLine(inputs);
  if (setting && seconds !== undefined && canBeSet) {
    settings.set(setting, settingValue(setting, longest));
  }
  const env: Record<string, string> = {};
  const args: string[] = [];
  for (const [{ env: name, flag, flagsEnv }, value] of settings) {
    if (name !== undefined) env[name] = value;
    else if (flagsEnv !== undefined) env[flagsEnv] = `${flag} ${value}`;
    else if (flag !== undefined) args.push(flag, value);
  }
  return { env, args };
}

/** What makes a server that listens on the loopback by default reachable for probes and requests. */
function listenEnv(inputs: Inputs): Readonly<Record<string, string>> {
  if (ownsCommandLine(inputs)) return {};
  const { setting, needed } = inputs.runtime.facts?.bindAddress?.value ?? {};
  return setting?.env !== undefined && needed !== undefined ? { [setting.env]: needed } : {};
}

function ownsCommandLine({ runtime }: Inputs): boolean {
  return runtime.command !== undefined || runtime.args !== undefined;
}

/**
 * A switch in the environment is harmless; one on the command line changes what the server does in other ways too (vLLM
 * needs ten seconds more to exit), so it is used only where the user asks for it. A drain that ends before the longest
 * request is none.
 */
function defaultStrategy(
  inputs: Inputs,
  switches: Switches,
  own: Settings,
  fetchWith: FetchTool | undefined,
): DrainStrategy {
  const { runtime, tools, longestRequestSeconds: longest } = inputs;
  const view = runtimeViewFor(inputs);
  const settings: Settings = { env: (name) => own.env(name) ?? switches.env[name], flag: own.flag };
  const sigterm = sigtermOf(view, settings, runtime.intent);
  const { boundSeconds = longest } = sigterm ?? {};
  const longEnough = boundSeconds >= longest || boundsByFlag(inputs, switches, own);
  const drains = sigterm?.inFlight === 'drains' && longEnough;
  // A server that stops accepting at SIGTERM would leave a proxy in front of it without one.
  if (!inputs.proxy && drains && (!sigterm.cutsStreams || runtime.readinessFlag)) return DrainStrategy.DRAIN_ON_SIGTERM;
  const gauges = gaugesOf(inputs);
  const callsEndpoint = inputs.proxy !== undefined && runtime.drainEndpoint !== undefined;
  if (gauges && !callsEndpoint && fetchWith && tools?.has('sh') && tools.has('sleep'))
    return DrainStrategy.WAIT_UNTIL_IDLE;
  return DrainStrategy.HOLD_FOR_LONGEST_REQUEST;
}

/** The flag that a drain on SIGTERM brings makes the bound long enough, unless the user has set it. */
function boundsByFlag({ runtime, version }: Inputs, switches: Switches, own: Settings): boolean {
  const flag = runtime.facts && sigtermBehaviour(runtime.facts, version).behaviour.bound.value.setting?.flag;
  return flag !== undefined && switches.args.includes(flag) && own.flag(flag) === undefined;
}

function runtimeViewFor({ runtime, version, knownImage }: Inputs) {
  return {
    id: runtime.id,
    title: runtime.title,
    facts: runtime.facts,
    version,
    checked: true,
    knownBy: 'stated',
    ownImage: knownImage !== undefined,
  };
}

function gaugesOf({ runtime }: Inputs): Gauges | undefined {
  return runtime.gauges ?? runtime.facts?.gauges?.value;
}

function gateOf(
  inputs: Inputs,
  strategy: DrainStrategy,
  fetchWith: FetchTool | undefined,
  wanted: boolean,
  checks: Checks,
): Gate {
  const { tools, drainGate, runtime, readiness } = inputs;
  const missing = (...needed: readonly Tool[]) => needed.filter((tool) => !tools?.has(tool));
  const forMarker = [...missing('sh', 'touch', 'sleep', 'rm'), ...(fetchWith ? [] : ['curl, wget or python3'])];
  const forEndpoint = [...missing('sh', 'sleep'), ...(fetchWith ? [] : ['curl, wget or python3'])];
  switch (drainGate?._kind) {
    case 'marker':
      if (forMarker.length > 0)
        checks.refuse(
          `drainGate: a marker needs ${forMarker.join(', ')} in the image; state it in imageTools if it is there`,
        );
      if (readiness.path === undefined)
        checks.refuse('drainGate: a marker needs a readiness path, which the probe asks besides the marker');
      return 'marker';
    case 'endpoint':
      if (forEndpoint.length > 0)
        checks.refuse(
          `drainGate: an endpoint needs ${forEndpoint.join(', ')} in the image; state it in imageTools if it is there`,
        );
      return 'endpoint';
    case 'server':
    case 'none':
      return 'server';
    default:
  }
  if (runtime.drainEndpoint !== undefined && forEndpoint.length === 0) return 'endpoint';
  const runsScript = strategy === DrainStrategy.WAIT_UNTIL_IDLE;
  return (runsScript || wanted) && forMarker.length === 0 && readiness.path !== undefined ? 'marker' : 'server';
}

function preStopOf(
  inputs: Inputs,
  strategy: DrainStrategy,
  gate: Gate,
  delaySeconds: number,
  markerPath: string | undefined,
  fetchWith: FetchTool | undefined,
  checks: Checks,
): JsonObject | undefined {
  const { port, longestRequestSeconds: longest } = inputs;
  const hold = strategy === DrainStrategy.HOLD_FOR_LONGEST_REQUEST ? longest : 0;

  if (strategy === DrainStrategy.WAIT_UNTIL_IDLE) {
    const gauges = gaugesOf(inputs);
    if (!gauges) checks.refuse(`drainStrategy: ${inputs.runtime.title} has no in-flight gauges to wait for`);
    if (!fetchWith)
      checks.refuse(
        'drainStrategy: waiting until idle needs curl, wget or python3 in the image; state it in imageTools if it is there',
      );
    if (gate === 'endpoint')
      checks.refuse(
        'drainStrategy: after a drain endpoint preStop holds, or the server drains on SIGTERM; it does not wait for gauges',
      );
    if (!gauges || !fetchWith) return undefined;
    const url = `http://127.0.0.1:${gauges.port ?? port}${gauges.path}`;
    return {
      exec: {
        command: waitUntilIdleCommand({
          delaySeconds,
          deadlineSeconds: longest,
          url,
          gauges: gauges.names,
          fetchWith,
          markerPath,
        }),
      },
    };
  }
  if (gate === 'endpoint' && fetchWith) {
    const path = inputs.drainGate?._path ?? inputs.runtime.drainEndpoint ?? '/';
    const url = `http://127.0.0.1:${port}${path}`;
    const waitSeconds = hold > 0 ? hold : undefined;
    return {
      exec: {
        command: drainEndpointPreStopCommand({
          url,
          method: 'POST',
          delaySeconds,
          fetchWith,
          timeoutSeconds: DRAIN_CALL_SECONDS,
          waitSeconds,
        }),
      },
    };
  }
  if (markerPath !== undefined)
    return { exec: { command: markerPreStopCommand({ path: markerPath, delaySeconds: delaySeconds + hold }) } };
  if (delaySeconds + hold === 0) return undefined;
  if (supports('sleepAction', inputs.kubernetesVersion)) return { sleep: { seconds: delaySeconds + hold } };
  return { exec: { command: ['sleep', String(delaySeconds + hold)] } };
}
