import {
  type Budget,
  budgetOf,
  type ContainerShutdown,
  DEFAULT_MARGIN_SECONDS,
  type PodShutdown,
} from '../termination/budget';
import { idleAtSigterm, type ServerShutdown, serverShutdown } from '../termination/server-shutdown';
import type { Container } from './container';
import { type DrainGateView, drainGateOf } from './drain-gate-view';
import type { Workload } from './fleet';
import { type Hook, longestHookSeconds, onlyWaits } from './hook';
import { proxyShutdowns } from './mesh-proxy';
import { reachedContainers } from './reached';
import { Replacement } from './replacement';
import { type RuntimeView, runtimeViewOf, type Sigterm, settingsOf, sigtermOf } from './runtime-view';
import { type NodeView, nodesOf, type Traffic, trafficOf } from './traffic-view';

/** How long a model or an application is taken to need until it is ready, where nobody said. */
export const ASSUMED_COLD_START_SECONDS = 600;

/**
 * One workload with the arithmetic of its termination: what rules judge, tables print and constructs report.
 * The rules ask for nearly all of it, so it is computed at once, each part from those above it.
 */
export class Assessment {
  readonly traffic: Traffic;
  readonly marginSeconds: number;
  readonly coldStartSeconds: number;
  /** The container whose program does the work: the one to which a Service leads, or the one behind the proxy. */
  readonly server: Container | undefined;
  /** A native sidecar to which a Service leads: it stands in front of the server, and gets SIGTERM when that has ended. */
  readonly proxy: Container | undefined;
  readonly runtime: RuntimeView | undefined;
  readonly sigterm: Sigterm | undefined;
  readonly nodes: readonly NodeView[];
  readonly drainGate: DrainGateView | undefined;
  readonly serverShutdown: ServerShutdown | undefined;
  /** Undefined where the longest request is not stated. */
  readonly shutdown: PodShutdown | undefined;
  readonly budget: Budget | undefined;
  /** How pods of this workload are replaced: rollout, evictions, replicas needed. */
  readonly replacement: Replacement;
  /** An inference engine, or a pod with accelerators: it loads for minutes and answers slowly while it computes. */
  readonly servesModel: boolean;
  /**
   * It serves as far as one can tell: traffic comes to it or, where no Service was among the objects read, it opens a
   * port or holds a model.
   */
  readonly mayServe: boolean;

  constructor(readonly workload: Workload) {
    const { intent, defaults } = workload;
    this.traffic = trafficOf(workload);
    this.marginSeconds = intent.marginSeconds ?? DEFAULT_MARGIN_SECONDS;
    this.coldStartSeconds = intent.coldStartSeconds ?? ASSUMED_COLD_START_SECONDS;
    this.nodes = nodesOf(workload);
    const { server, proxy } = reachedContainers(workload);
    this.server = server;
    this.proxy = proxy;
    this.runtime = server && runtimeViewOf(server, intent, defaults);
    this.sigterm = server && sigtermOf(this.runtime, settingsOf(server), intent);
    this.drainGate = server && this.drainGateOfPod(server);
    this.serverShutdown = this.shutdownOfServer();
    this.shutdown = this.serverShutdown && this.shutdownOfPod(this.serverShutdown);
    this.budget = this.shutdown && budgetOf(this.shutdown);
    this.replacement = new Replacement(this);
    this.servesModel = this.runtime?.facts?.kind === 'inference' || this.replacement.acceleratorsPerPod > 0;
    this.mayServe =
      this.traffic.sources.length > 0 ||
      (workload.servesRequests && (this.servesModel || (server?.ports.length ?? 0) > 0));
  }

  get intent() {
    return this.workload.intent;
  }

  get kubernetesVersion() {
    return this.workload.intent.kubernetesVersion;
  }

  get longestRequestSeconds(): number | undefined {
    return this.workload.intent.longestRequestSeconds;
  }

  /** What the preStop hook of the server takes before SIGTERM, at most; undefined where its length is not known. */
  get preStopSeconds(): number | undefined {
    const hook = this.server?.preStop;
    return hook ? longestHookSeconds(hook) : 0;
  }

  /**
   * Whether nothing can be in flight any more when SIGTERM comes. Undefined: the longest request would have to be known,
   * or the length of the preStop hook.
   */
  get idleAtSigterm(): boolean | undefined {
    const hook = this.server?.preStop;
    if (this.serverShutdown && idleAtSigterm(this.serverShutdown)) return true;
    if (!hook) return false;
    if (this.preStopSeconds === undefined) return undefined;
    const holds = hook.waitUntilIdleSeconds !== undefined || hook.delaySeconds > this.arrivalsUntilSeconds;
    return this.longestRequestSeconds === undefined && holds ? undefined : false;
  }

  /**
   * The second, from deletion, until which the proxy takes new requests at least: until its own hook tells it to drain, or
   * until its SIGTERM, which does not come before that of the server.
   */
  get proxyAcceptsUntilSeconds(): number {
    const own = this.proxy?.preStop?.delaySeconds ?? 0;
    return this.proxyDrains ? own : Math.max(own, this.server?.preStop?.delaySeconds ?? 0);
  }

  /** Its own hook tells the proxy to drain: it closes the connections that clients keep alive. */
  get proxyDrains(): boolean {
    const hook = this.proxy?.preStop;
    return hook !== undefined && !onlyWaits(hook);
  }

  /**
   * The second, from deletion, until which the server may get new requests: from a traffic source, or from a proxy that
   * drains, on connections that it still keeps for its clients.
   */
  get arrivalsUntilSeconds(): number {
    const { propagationSeconds } = this.traffic;
    if (!this.proxy || !this.proxyDrains) return propagationSeconds;
    const drain = this.intent.drainSeconds[this.proxy.name] ?? 0;
    const keeps = Math.max(0, drain - (this.longestRequestSeconds ?? 0));
    return Math.max(propagationSeconds, this.proxyAcceptsUntilSeconds + keeps);
  }

  /** A pod is ready only when all its containers are. */
  private drainGateOfPod(server: Container): DrainGateView {
    const { proxy, kubernetesVersion: version } = this;
    const gate = drainGateOf(server, this.sigterm, this.preStopSeconds, version, this.intent.drainEndpoint);
    const other = proxy && drainGateOf(proxy, undefined, undefined, version, undefined);
    return other && (other.falseAtSeconds ?? Infinity) < (gate.falseAtSeconds ?? Infinity) ? other : gate;
  }

  private shutdownOfServer(): ServerShutdown | undefined {
    const { server, sigterm, longestRequestSeconds } = this;
    if (!server || longestRequestSeconds === undefined) return undefined;
    return {
      container: server.name,
      preStopDelaySeconds: this.givenUpAtGrace(server.preStop?.delaySeconds ?? 0),
      waitUntilIdleSeconds: server.preStop?.waitUntilIdleSeconds,
      preStopRestSeconds: server.preStop && restSeconds(server.preStop),
      quietSeconds: sigterm?.quietSeconds,
      longestRequestSeconds,
      phases: sigterm?.perPhase ? (this.intent.shutdownPhases ?? 1) : undefined,
      phaseTimeoutSeconds: sigterm?.perPhase ? sigterm.boundSeconds : undefined,
      ignoresSigterm: sigterm?.inFlight === 'ignored' || undefined,
      exitSeconds: sigterm?.exitSeconds ?? 0,
      exitReason: this.runtime && `${this.runtime.title} ${this.runtime.version ?? ''}`.trim(),
      propagationSeconds: this.arrivalsUntilSeconds,
    };
  }

  private shutdownOfPod(server: ServerShutdown): PodShutdown {
    const { pod } = this.workload;
    const containers = pod.containers.map((container) =>
      container.name === server.container ? serverShutdown(server) : this.companion(container),
    );
    const sidecars = pod.sidecars.map((container) => this.companion(container));
    return {
      containers: [...containers, ...proxyShutdowns(this.traffic, pod, false)],
      // A mesh injects its proxy in front of the other sidecars: it starts first and ends last.
      sidecars: [...proxyShutdowns(this.traffic, pod, true), ...sidecars],
      marginSeconds: this.marginSeconds,
      graceSeconds: Math.max(0, pod.graceSeconds),
      propagationSeconds: this.traffic.propagationSeconds,
      readinessFalseSeconds: this.drainGate?.falseAtSeconds,
      longestRequestSeconds: server.longestRequestSeconds,
    };
  }

  private companion(container: Container): ContainerShutdown {
    const hook = container.preStop;
    const preStop = hook ? (hook.longestSeconds ?? this.givenUpAtGrace(hook.delaySeconds)) : 0;
    // A proxy that its own hook drains is done when the server gets SIGTERM.
    const drained = container === this.proxy && this.proxyDrains;
    const drain = drained ? 0 : (this.intent.drainSeconds[container.name] ?? 0);
    const kind = container.sidecar ? 'sidecar' : 'container';
    return {
      name: container.name,
      preStop:
        preStop > 0
          ? [
              {
                id: 'sidecar-pre-stop',
                label: `${kind} ${container.name} preStop`,
                seconds: preStop,
                reason: 'its own hook',
              },
            ]
          : [],
      afterSigterm:
        drain > 0
          ? [{ id: 'sidecar-drain', label: `${kind} ${container.name} drain`, seconds: drain, reason: 'stated' }]
          : [],
    };
  }

  /** A hook that never returns takes the whole grace. */
  private givenUpAtGrace(seconds: number): number {
    return seconds === Infinity ? Math.max(0, this.workload.pod.graceSeconds) : seconds;
  }
}

/** What a hook may take beyond its waits, where that is known. */
function restSeconds(hook: Hook): number {
  return Math.max(0, (longestHookSeconds(hook) ?? 0) - hook.delaySeconds - (hook.waitUntilIdleSeconds ?? 0));
}
