import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Accelerator } from './accelerator';
import { GracefulWorkload } from './graceful-workload';
import type { InferenceEngine } from './inference-engine';
import { inputsOf } from './inputs';
import { buildParts, type WorkloadParts } from './workload-parts';
import type { GracefulWorkloadProps } from './workload-props';

export interface GracefulInferenceDeploymentProps extends GracefulWorkloadProps {
  /** The model server in the image. */
  readonly engine: InferenceEngine;

  /**
   * What each pod takes of an accelerator.
   *
   * @default - none: the engine computes on the CPU, or only passes requests on.
   */
  readonly accelerator?: Accelerator;

  /**
   * Accelerators that are free while the deployment runs, and that a rollout may use for new pods.
   *
   * @default 0 - a new pod starts where an old one has gone.
   */
  readonly spareAccelerators?: number;

  /**
   * The size of /dev/shm. It counts against the memory limit.
   *
   * @default Size.gibibytes(2) - none for an engine that is known to need none.
   * @see https://docs.vllm.ai/en/latest/deployment/k8s.html
   */
  readonly sharedMemory?: Size;
}

/**
 * A model server that loses no request in a rollout, an eviction or a node drain: a Deployment with accelerator limits and
 * shared memory, a Service, a PodDisruptionBudget and, where asked for, a HorizontalPodAutoscaler, with every number
 * computed from one model of how a pod terminates. What would lose requests, or wait for an accelerator that never comes,
 * is refused at synth, with the arithmetic.
 */
export class GracefulInferenceDeployment extends GracefulWorkload {
  /** @internal */
  protected readonly _parts: WorkloadParts;

  constructor(scope: Construct, id: string, props: GracefulInferenceDeploymentProps) {
    super(scope, id);
    const engine = props.engine._spec;
    const inputs = inputsOf(props, {
      kind: 'inference',
      subject: `GracefulInferenceDeployment '${this.node.path}'`,
      runtime: engine,
      acceleratorsPerPod: props.accelerator?.count ?? 0,
      spareAccelerators: props.spareAccelerators,
    });
    this._parts = buildParts(this, inputs, props, {
      accelerator: props.accelerator,
      sharedMemory: props.sharedMemory ?? (engine.facts?.sharedMemory?.value === false ? undefined : Size.gibibytes(2)),
    });
  }
}
