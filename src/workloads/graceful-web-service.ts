import type { Construct } from 'constructs';
import { GracefulWorkload } from './graceful-workload';
import { inputsOf } from './inputs';
import type { WebRuntime } from './web-runtime';
import { buildParts, type WorkloadParts } from './workload-parts';
import type { GracefulWorkloadProps } from './workload-props';

export interface GracefulWebServiceProps extends GracefulWorkloadProps {
  /** The server program in the image. */
  readonly runtime: WebRuntime;
}

/**
 * A web service that loses no request in a rollout, an eviction or a node drain: a Deployment, a Service, a
 * PodDisruptionBudget and, where asked for, a HorizontalPodAutoscaler, with every number computed from one model of how a
 * pod terminates. What would lose requests is refused at synth, with the arithmetic.
 */
export class GracefulWebService extends GracefulWorkload {
  /** @internal */
  protected readonly _parts: WorkloadParts;

  constructor(scope: Construct, id: string, props: GracefulWebServiceProps) {
    super(scope, id);
    const inputs = inputsOf(props, {
      kind: 'web',
      subject: `GracefulWebService '${this.node.path}'`,
      runtime: props.runtime._spec,
      acceleratorsPerPod: 0,
    });
    this._parts = buildParts(this, inputs, props, {});
  }
}
