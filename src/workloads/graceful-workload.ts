import { ApiObject } from 'cdk8s';
import type { Container, Deployment, HorizontalPodAutoscaler, k8s, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { acknowledgementKey } from '../manifest/intent';
import { rules } from '../rules';
import type { Finding } from '../rules/finding';
import { judge } from '../rules/judge';
import { AppJudge } from '../synth/app-judge';
import { TerminationBudget } from './termination-budget';
import type { WorkloadParts } from './workload-parts';

/** A person's word that a finding is known and accepted. */
export interface Acknowledgement {
  /** The rule's id, for example `grace-longer-than-node-gives`. */
  readonly rule: string;

  /** Why it is accepted, in at least 10 characters. It is written into the manifest. */
  readonly reason: string;
}

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
    const { assessments } = judge(this._parts.objects.map((object) => ({ json: object.toJson() })));
    const assessment = assessments[0];
    if (!assessment)
      throw new Error(
        `the Deployment of '${this.node.path}' was patched into another kind of object: there is nothing to compute`,
      );
    return TerminationBudget._of(assessment);
  }

  /** What the rules find in the manifest as it is now: errors, warnings, and what was acknowledged. */
  public get findings(): Finding[] {
    return [...AppJudge.of(this).findingsOf(this)];
  }

  /**
   * Accepts a finding: it is still listed, and recorded in the manifest, but it does not fail the synth.
   * An unknown rule, or a reason of fewer than 10 characters, is an error; one that matches nothing is a warning at synth.
   */
  public acknowledge(acknowledgement: Acknowledgement): void {
    const { rule, reason } = acknowledgement;
    if (!rules.some(({ id }) => id === rule)) {
      throw new Error(`acknowledge: there is no rule '${rule}'; docs/rules.md lists them`);
    }
    if (reason.trim().length < 10) {
      throw new Error(`acknowledge: the reason for '${rule}' has fewer than 10 characters; say why it is accepted`);
    }
    ApiObject.of(this.deployment).metadata.addAnnotation(acknowledgementKey(rule), reason.trim());
  }
}
