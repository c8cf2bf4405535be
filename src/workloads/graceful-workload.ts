import type { Container, Deployment, HorizontalPodAutoscaler, k8s, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Finding } from '../rules/finding';
import { judge } from '../rules/judge';
import { type Acknowledgement, acknowledge } from '../synth/acknowledgement';
import { AppJudge } from '../synth/app-judge';
import { TerminationBudget } from './termination-budget';
import type { WorkloadParts } from './workload-parts';

/** What the graceful constructs have in common: their parts, what was computed for them, and what was found in them. */
export abstract class GracefulWorkload extends Construct {
  /** @internal */
  protected abstract readonly _parts: WorkloadParts;

  /** The Deployment. A JSON patch on its `ApiObject` is applied to the final manifest, and judged. */
  public get deployment(): Deployment {
    return this._parts.deployment;
  }

  /** The container of the server. */
  public get container(): Container {
    return this._parts.container;
  }

  /** The Service in front of the pods. */
  public get service(): Service {
    return this._parts.service;
  }

  /** The PodDisruptionBudget; undefined for a single replica. */
  public get podDisruptionBudget(): k8s.KubePodDisruptionBudget | undefined {
    return this._parts.podDisruptionBudget;
  }

  /** The HorizontalPodAutoscaler; undefined without `autoscaling`. */
  public get autoscaler(): HorizontalPodAutoscaler | undefined {
    return this._parts.autoscaler;
  }

  /** The arithmetic of one pod's termination, of the manifest as it is now, patches included. */
  public get budget(): TerminationBudget {
    const { assessments } = judge(
      this._parts.objects.map((object) => ({ json: object.toJson() })),
      { defaults: AppJudge.of(this).statedAround(this) },
    );
    const assessment = assessments[0];
    if (!assessment)
      throw new Error(
        `the Deployment of '${this.node.path}' was patched into another kind of object: there is nothing to compute`,
      );
    return TerminationBudget._of(assessment);
  }

  /** What the rules find in the manifest as it is now: errors, warnings, and what was acknowledged. */
  public get findings(): Finding[] {
    return [...AppJudge.of(this).findingsIn(this)];
  }

  /**
   * Accepts a finding: it is still listed, and recorded in the manifest, but it does not fail the synth.
   * An unknown rule, or a reason of fewer than 10 characters, is an error; one that matches nothing is a warning at synth.
   */
  public acknowledge(acknowledgement: Acknowledgement): void {
    acknowledge(this.deployment, acknowledgement);
  }
}
