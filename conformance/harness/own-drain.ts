import { App, Chart, Testing } from 'cdk8s';
import { DrainGate, GracefulInferenceDeployment, type GracefulInferenceDeploymentProps } from '../../src';
import type { Variant } from './server';

type Props = Pick<GracefulInferenceDeploymentProps, 'engine' | 'image' | 'longestRequest'> &
  Partial<GracefulInferenceDeploymentProps>;

/**
 * What the construct writes for an engine, for a server that runs without a cluster: the arguments, the preStop hook and the
 * grace period. No marker, for nobody makes its directory here, and a probe's answers are watched without it.
 */
export function ownDrain(
  props: Props,
): Required<Pick<Variant, 'args' | 'terminationGracePeriodSeconds'>> & Pick<Variant, 'env' | 'preStop'> {
  const chart = new Chart(new App(), 'conformance');
  new GracefulInferenceDeployment(chart, 'engine', { drainGate: DrainGate.none(), ...props });
  const deployment = Testing.synth(chart).find(({ kind }) => kind === 'Deployment');
  const { containers, terminationGracePeriodSeconds } = deployment.spec.template.spec;
  const [{ args = [], env = [], lifecycle }] = containers;
  const { exec, sleep } = lifecycle.preStop;
  return {
    args,
    env: Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value])),
    preStop: exec?.command ?? ['sleep', String(sleep.seconds)],
    terminationGracePeriodSeconds,
  };
}
