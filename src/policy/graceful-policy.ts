import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Intent } from '../manifest/intent';
import { type Finding, Severity } from '../rules/finding';
import { nearestOf } from '../rules/nearest';
import { runtimes } from '../runtimes';
import { type Acknowledgement, acknowledge, acknowledgementProblem } from '../synth/acknowledgement';
import { AppJudge } from '../synth/app-judge';
import { Checks } from '../workloads/checks';
import { kubernetesVersionOf } from '../workloads/inputs';
import type { NodeLifecycle } from '../workloads/node-lifecycle';
import type { TrafficSource } from '../workloads/traffic-source';

/**
 * What is stated for every workload in the scope that does not state it itself, by an annotation or by the properties of its
 * construct, and what happens with the findings.
 */
export interface GracefulPolicyProps {
  /**
   * The longest time from a request's arrival to the last byte of its response, in whole seconds.
   *
   * @default - not known: what depends on it cannot be judged, and a warning says so.
   */
  readonly longestRequest?: Duration;

  /**
   * What sends requests to the pods that a Service selects.
   *
   * @default - kube-proxy.
   */
  readonly trafficSources?: TrafficSource[];

  /**
   * How the nodes go away.
   *
   * @default - on demand: by drains that wait for the pod.
   */
  readonly nodeLifecycles?: NodeLifecycle[];

  /**
   * The version of the cluster, as a minor (`1.34`) or a patch (`1.36.3`).
   *
   * @default - only what works in 1.30 and every later version counts as working.
   */
  readonly kubernetesVersion?: string;

  /**
   * The server program, where the image does not give it away: an id of docs/annotations.md, such as `spring-boot`.
   * Any other id is refused.
   *
   * @default - a server that is not recognised cannot be judged, and a warning says so.
   */
  readonly runtime?: string;

  /**
   * Its version. Refused without `runtime`.
   *
   * @default - not known.
   */
  readonly runtimeVersion?: string;

  /**
   * Findings that are accepted in the whole scope. They are still listed by `findings`, with their reason, but they fail nothing and
   * print nothing. An unknown rule, or a reason of fewer than 10 characters, is refused.
   *
   * @default - none
   */
  readonly acknowledgements?: Acknowledgement[];

  /**
   * From which severity on a finding fails the synth: `ERROR`, `WARNING` or `CANNOT_JUDGE`. What is less grave is printed.
   *
   * @default Severity.ERROR
   */
  readonly failOn?: Severity;
}

/**
 * Judges every object of every chart in a scope at synth, whoever wrote it: cdk8s-plus, the generated `Kube...` classes,
 * an `ApiObject`, or an `Include`d file. Errors are said all at once, and let no file be written.
 */
export class GracefulPolicy {
  /**
   * From now on the rules hold for all objects below a construct, also those that are added later.
   *
   * Inside of a scope that has a policy another one may be enforced: what it states counts there, acknowledgements add up, and
   * for everything else the outer policy's word holds. Of two on one scope the later one counts as the inner.
   *
   * @param scope an app, a chart or any other construct
   */
  public static enforce(scope: IConstruct, props: GracefulPolicyProps = {}): GracefulPolicy {
    const checks = new Checks(`GracefulPolicy.enforce on '${scope.node.path || 'the app'}'`);
    const { acknowledgements = [], failOn } = props;
    const stated = statedBy(props, checks);
    for (const acknowledgement of acknowledgements) {
      const problem = acknowledgementProblem(acknowledgement);
      if (problem) checks.refuse(`acknowledgements: ${problem}`);
    }
    checks.duplicates(
      'acknowledgements: the rule',
      acknowledgements.map(({ rule }) => rule),
    );
    if (failOn === Severity.ACKNOWLEDGED) {
      checks.refuse('failOn is ACKNOWLEDGED: what was accepted fails nothing; use CANNOT_JUDGE, WARNING or ERROR');
    }
    checks.done();
    AppJudge.of(scope).enforce(scope, {
      stated,
      acknowledgements: new Map(acknowledgements.map(({ rule, reason }) => [rule, reason.trim()])),
      failOn,
    });
    return new GracefulPolicy(scope);
  }

  /**
   * Accepts a finding about one object, with an annotation of the object. It is still listed, but it does not fail the synth.
   * An unknown rule, or a reason of fewer than 10 characters, is an error; one that matches nothing is a warning at synth.
   *
   * @param construct an `ApiObject`, or a construct that is made around one, such as a `Deployment` of cdk8s-plus
   */
  public static acknowledge(construct: IConstruct, acknowledgement: Acknowledgement): void {
    acknowledge(construct, acknowledgement);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** What the rules find in the scope as it is now: errors, warnings, what cannot be judged, and what was acknowledged. */
  public get findings(): Finding[] {
    return [...AppJudge.of(this.scope).findingsIn(this.scope)];
  }
}

/** A server that the team describes itself, by annotations. */
const CUSTOM = 'custom';

/** Only what is given: what is absent must not hide what an outer scope states. */
function statedBy(props: GracefulPolicyProps, checks: Checks): Partial<Intent> {
  const longestRequestSeconds = checks.seconds('longestRequest', props.longestRequest, 1);
  const kubernetesVersion = kubernetesVersionOf(checks, props.kubernetesVersion);
  const { runtime, runtimeVersion } = props;
  if (runtime !== undefined) requireRuntime(runtime, checks);
  if (runtimeVersion !== undefined && runtime === undefined) {
    checks.refuse(`runtimeVersion is '${runtimeVersion}', and runtime is not given: say whose version it is`);
  }
  if (runtimeVersion?.trim() === '') checks.refuse('runtimeVersion is empty');
  return {
    ...(longestRequestSeconds !== undefined && { longestRequestSeconds }),
    ...(props.trafficSources && { trafficSources: props.trafficSources.map((source) => source._intent) }),
    ...(props.nodeLifecycles && { nodeLifecycles: props.nodeLifecycles.map((lifecycle) => lifecycle._intent) }),
    ...(kubernetesVersion && { kubernetesVersion }),
    // A version belongs to its runtime, and never to that of an outer scope.
    ...(runtime !== undefined && { runtime, runtimeVersion }),
  };
}

function requireRuntime(runtime: string, checks: Checks): void {
  const known = [...runtimes.map(({ id }) => id), CUSTOM];
  if (known.includes(runtime)) return;
  const nearest = nearestOf(runtime, known);
  checks.refuse(
    `runtime is '${runtime}', which is not known; ${nearest ? `did you mean ${nearest}?` : `it can be ${known.join(', ')}`}`,
  );
}
