import type { Fact } from '../fact';
import { runtime as factsOf, sigtermBehaviour } from '../runtimes';
import { QUIET_SECONDS_ENV } from '../runtimes/fast-api';
import type { RuntimeFacts, Setting, SigtermBehaviour } from '../runtimes/runtime';
import { parseVersion } from '../runtimes/version';
import { isKnownOnlyInside } from './command-line';
import { hasReference } from './config-maps';
import { type Container, flagIn } from './container';
import { parseJavaSeconds, parseSeconds, parseSpringSeconds } from './duration';
import type { Intent } from './intent';
import { recognisedRuntime } from './recognition';

/** Which server program a container runs, and how that is known. */
export interface RuntimeView {
  readonly id: string;
  readonly title: string;
  /** Absent for a server that the team described itself. */
  readonly facts?: RuntimeFacts;
  readonly version?: string;
  /** Somebody looked at this version. */
  readonly checked: boolean;
  readonly knownBy: string;
  /** The image is one that is known to be built for this program. */
  readonly ownImage: boolean;
}

/** What this container's server does from SIGTERM on, its settings taken into account. */
export interface Sigterm {
  readonly inFlight: 'drains' | 'aborts' | 'ignored' | 'unknown';
  /** Absent: no bound but the grace period. */
  readonly boundSeconds?: number;
  readonly boundBy: string;
  /** Why the bound may be another than `boundSeconds`, or is not known without them. */
  readonly boundDoubt?: string;
  readonly hangsAtBound: boolean;
  readonly perPhase: boolean;
  readonly cutsStreams: boolean;
  readonly exitSeconds: number;
  readonly newRequests: 'refused' | 'served' | 'failed';
  readonly readiness: '503' | 'refused' | 'unchanged';
  readonly quietSeconds: number;
  readonly why: string;
}

/** What runs is what the manifest says, even where a statement says otherwise; the statement counts where it is silent. */
export function runtimeViewOf(
  container: Container,
  intent: Intent,
  defaults: Partial<Intent> = {},
): RuntimeView | undefined {
  const recognised = recognisedRuntime(container);
  if (recognised && (intent.runtime === undefined || intent.runtime === recognised.facts.id || recognised.certain)) {
    const stated =
      intent.runtime === undefined || intent.runtime === recognised.facts.id ? intent.runtimeVersion : undefined;
    return view(recognised.facts, recognised.version ?? stated, recognised.recognisedBy, recognised.ownImage);
  }
  if (intent.runtime !== undefined) return statedView(intent.runtime, intent.runtimeVersion, 'stated');
  if (defaults.runtime === undefined) return undefined;
  return statedView(defaults.runtime, intent.runtimeVersion ?? defaults.runtimeVersion, 'stated for the whole run');
}

function statedView(id: string, version: string | undefined, knownBy: string): RuntimeView {
  const facts = factsOf(id);
  if (!facts) return { id, title: id, checked: true, knownBy, ownImage: false };
  return view(facts, version, knownBy, false);
}

function view(facts: RuntimeFacts, version: string | undefined, knownBy: string, ownImage: boolean): RuntimeView {
  const parsed = version === undefined ? undefined : parseVersion(version);
  return {
    id: facts.id,
    title: facts.title,
    facts,
    version: parsed,
    checked: sigtermBehaviour(facts, parsed).checked,
    knownBy,
    ownImage,
  };
}

/** Where a server's settings are read: a container of a manifest, or what a construct is about to write. */
export interface Settings {
  env(name: string): string | undefined;
  flag(name: string): string | undefined;
  /** The variable is there, but its text was not read: it comes from a Secret, a field, or a ConfigMap elsewhere. */
  isElsewhere?(name: string): boolean;
  /** Variables of any name may come from a Secret, or from a ConfigMap elsewhere. */
  readonly mayBeElsewhere?: boolean;
  /** Why a flag that was not read may be given all the same. */
  readonly unreadFlags?: string;
}

export function settingsOf(container: Container): Settings {
  return {
    env: (name) => container.env.get(name),
    flag: (name) => container.flag(name),
    isElsewhere: (name) => container.env.has(name) && container.env.get(name) === undefined,
    get mayBeElsewhere() {
      return container.environment.mayHoldMore;
    },
    get unreadFlags() {
      return container.commandLine.unknown;
    },
  };
}

export function sigtermOf(
  runtime: RuntimeView | undefined,
  settings: Settings,
  intent: Partial<Intent>,
): Sigterm | undefined {
  const behaviour = runtime?.facts && sigtermBehaviour(runtime.facts, runtime.version).behaviour;
  if (!behaviour && intent.sigterm === undefined) return undefined;
  const drain = drainOf(runtime, behaviour, settings);
  const { boundSeconds, boundBy, boundDoubt } = boundOf(behaviour, settings, intent);
  const inFlight = intent.sigterm ?? drain.inFlight;
  return {
    inFlight,
    boundSeconds,
    boundBy,
    boundDoubt,
    hangsAtBound: behaviour?.bound.value.hangsAtBound ?? false,
    perPhase: behaviour?.bound.value.perPhase ?? false,
    cutsStreams: (uvicornWithin(runtime, intent) ?? behaviour)?.cutsStreams?.value ?? false,
    exitSeconds: intent.exitSeconds ?? (inFlight === 'drains' ? (behaviour?.exitSeconds.value ?? 0) : 0),
    newRequests: behaviour?.newRequests.value ?? 'refused',
    readiness: intent.readinessAfterSigterm ?? behaviour?.readiness.value ?? 'refused',
    quietSeconds: runtime?.id === 'fast-api' ? quietSecondsOf(settings) : 0,
    why: intent.sigterm === undefined ? drain.why : 'stated',
  };
}

/** Some engines leave their connections to the uvicorn in their image, whose version may be stated. */
function uvicornWithin(runtime: RuntimeView | undefined, intent: Partial<Intent>): SigtermBehaviour | undefined {
  const server = runtime?.facts?.httpServer?.value;
  const facts = server !== undefined && intent.uvicornVersion !== undefined ? factsOf(server) : undefined;
  return facts && sigtermBehaviour(facts, intent.uvicornVersion).behaviour;
}

function drainOf(
  runtime: RuntimeView | undefined,
  behaviour: SigtermBehaviour | undefined,
  settings: Settings,
): Pick<Sigterm, 'inFlight' | 'why'> {
  if (!behaviour) return { inFlight: 'unknown', why: 'nothing is known of this server' };
  if (runtime?.facts?.onlyInImages && !runtime.ownImage) {
    return {
      inFlight: 'unknown',
      why: `the stop signal of ${runtime.title} hangs on the image, which is not a known one`,
    };
  }
  const broken = behaviour.drainBrokenBy?.value;
  if (broken && Number(readSetting(broken.setting, settings)) > broken.above) {
    return { inFlight: 'aborts', why: `${nameOf(broken.setting, settings)} above ${broken.above} breaks the drain` };
  }
  const wanted = behaviour.drainSwitch?.value;
  if (!wanted) return { inFlight: behaviour.inFlight.value, why: sourceOf(behaviour.inFlight) };
  const { value: given, isSet, doubt } = readingOf(wanted.setting, settings);
  if (given === undefined && doubt !== undefined && (isSet || !wanted.byDefault)) {
    return { inFlight: 'unknown', why: doubt };
  }
  const on =
    typeof wanted.on === 'number'
      ? given !== undefined && (secondsIn(wanted.setting, given) ?? 0) >= wanted.on
      : given?.toLowerCase() === wanted.on;
  if (given === undefined && wanted.byDefault) return { inFlight: 'drains', why: sourceOf(behaviour.inFlight) };
  return on
    ? { inFlight: 'drains', why: `${nameOf(wanted.setting, settings)} is ${given}` }
    : { inFlight: 'aborts', why: `${nameOf(wanted.setting, settings)} is ${given ?? 'not set'}` };
}

function boundOf(
  behaviour: SigtermBehaviour | undefined,
  settings: Settings,
  intent: Partial<Intent>,
): Pick<Sigterm, 'boundSeconds' | 'boundBy' | 'boundDoubt'> {
  const bound = behaviour?.bound.value;
  const { value: given, isSet, doubt: boundDoubt } = bound?.setting ? readingOf(bound.setting, settings) : NO_READING;
  if (bound?.setting && given !== undefined) {
    const seconds = secondsIn(bound.setting, given);
    if (seconds !== undefined) return { boundSeconds: seconds, boundBy: `${nameOf(bound.setting, settings)}=${given}` };
  }
  if (intent.drainTimeoutSeconds !== undefined) return { boundSeconds: intent.drainTimeoutSeconds, boundBy: 'stated' };
  if (isSet && boundDoubt !== undefined) return { boundBy: 'a timeout that is not known', boundDoubt };
  return bound?.seconds === undefined
    ? { boundBy: 'no timeout of its own', boundDoubt }
    : {
        boundSeconds: bound.seconds,
        boundDoubt,
        boundBy: `${bound.setting ? `${nameOf(bound.setting, settings)} not set, ` : ''}default ${bound.seconds} s`,
      };
}

/** What the manifests say of a setting. */
interface Reading {
  readonly value?: string;
  /** It is given, even where its value is not known. */
  readonly isSet?: boolean;
  /** Why it may be given, or have another value. */
  readonly doubt?: string;
}

const NO_READING: Reading = {};

export function readSetting(setting: Setting, settings: Settings): string | undefined {
  return readingOf(setting, settings).value;
}

/** Variables that hold options of a Java virtual machine, or that start scripts hand to it. */
const JAVA_OPTIONS = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', 'JAVA_OPTS'];

function readingOf({ env, flag, flagsEnv, others = [] }: Setting, settings: Settings): Reading {
  const onCommandLine = flag === undefined ? undefined : settings.flag(flag);
  if (onCommandLine !== undefined)
    return reading(onCommandLine, `${flag} has a value that is known only in the container`);
  const flags = flagsEnv === undefined ? undefined : settings.env(flagsEnv)?.trim().split(/\s+/);
  const inVariable = flag === undefined || flags === undefined ? undefined : flagIn(flags, flag);
  const value = inVariable ?? (env === undefined ? undefined : settings.env(env));
  if (value !== undefined) return reading(value, `${env ?? flagsEnv} has a value that is known only in the container`);
  for (const name of others) {
    const given = otherwiseGiven(name, settings);
    if (given !== undefined) return reading(given, `${name} has a value that is known only in the container`);
  }
  for (const name of [env, flagsEnv, ...others]) {
    if (name === undefined || !settings.isElsewhere?.(name)) continue;
    return { isSet: true, doubt: `${name} comes from a ConfigMap, a Secret or a field that was not read` };
  }
  if (flag !== undefined && settings.unreadFlags !== undefined) {
    return { doubt: `whether ${flag} is given is not known: ${settings.unreadFlags}` };
  }
  if ((env ?? flagsEnv) === undefined || !settings.mayBeElsewhere) return NO_READING;
  return { doubt: `${env ?? flagsEnv} may come from a ConfigMap or a Secret that was not read (envFrom)` };
}

function otherwiseGiven(name: string, settings: Settings): string | undefined {
  if (!name.startsWith('-')) return settings.env(name);
  const given = settings.flag(name);
  if (given !== undefined || !name.startsWith('-D')) return given;
  for (const variable of JAVA_OPTIONS) {
    const value = flagIn((settings.env(variable) ?? '').split(/\s+/), name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function reading(value: string, otherwise: string): Reading {
  const isRead = !isKnownOnlyInside(value) && !hasReference(value);
  return isRead ? { value, isSet: true } : { isSet: true, doubt: otherwise };
}

/** How a manifest states the setting: the text of its variable or the value of its flag. */
export function settingValue({ format }: Setting, seconds: number): string {
  return format === 'spring-duration' || format === 'java-duration' ? `${seconds}s` : String(seconds);
}

function secondsIn(setting: Setting, text: string): number | undefined {
  if (setting.format === 'spring-duration' || setting.format === 'java-duration') {
    const duration = setting.format === 'spring-duration' ? parseSpringSeconds(text) : parseJavaSeconds(text);
    return duration && Math.max(0, duration);
  }
  const seconds = Number(text);
  return text.trim() !== '' && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function quietSecondsOf(settings: Settings): number {
  const text = settings.env(QUIET_SECONDS_ENV) ?? '';
  return parseSeconds(/^\d+$/.test(text) ? `${text}s` : text) ?? 0;
}

/** By the flag where that is given, which counts before the variable; otherwise as a manifest would rather set it. */
export function nameOf(setting: Setting, settings: Settings): string {
  const { env, flag, flagsEnv } = setting;
  if (flag !== undefined && settings.flag(flag) !== undefined) return flag;
  return env ?? (flagsEnv && flag ? `${flagsEnv}=${flag}` : flag) ?? '';
}

function sourceOf(fact: Fact<unknown>): string {
  return `${fact.evidence}: ${fact.source}`;
}
