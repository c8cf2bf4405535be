import fc from 'fast-check';
import type { ContainerShutdown, PodShutdown, Term, TermId } from '../../src/termination/budget';

export function term(id: TermId, label: string, seconds: number): Term {
  return { id, label, seconds, reason: 'a test' };
}

export function container(name: string, preStop: readonly Term[], afterSigterm: readonly Term[]): ContainerShutdown {
  return { name, preStop, afterSigterm };
}

export function pod(containers: readonly ContainerShutdown[], rest: Partial<PodShutdown> = {}): PodShutdown {
  return { containers, sidecars: [], marginSeconds: 5, propagationSeconds: 5, ...rest };
}

export const SPRING_BOOT = container(
  'orders',
  [term('pre-stop-delay', 'preStop delay', 10)],
  [term('drain', 'longest request', 30)],
);

export const FAST_API = container(
  'shop',
  [term('pre-stop-delay', 'preStop delay', 5)],
  [term('quiet', 'quiet period', 16), term('drain', 'longest request', 30)],
);

export const VLLM = container(
  'vllm',
  [term('pre-stop-delay', 'preStop delay', 15), term('wait-until-idle', 'longest request', 150)],
  [],
);

export const VLLM_SIGTERM_DRAIN = container(
  'vllm',
  [term('pre-stop-delay', 'preStop delay', 15)],
  [term('drain', 'longest request', 150), term('exit', 'exit', 14)],
);

function containers(seconds: fc.Arbitrary<number>, minLength: number) {
  const terms = fc.array(
    fc.record({
      id: fc.constantFrom<TermId>('pre-stop-delay', 'wait-until-idle', 'hold', 'quiet', 'drain', 'exit'),
      label: fc.constantFrom('delay', 'wait', 'drain'),
      seconds,
      reason: fc.constant('a test'),
    }),
    { maxLength: 3 },
  );
  return fc
    .array(fc.record({ preStop: terms, afterSigterm: terms }), { minLength, maxLength: 3 })
    .map((list) => list.map((entry, index) => ({ name: `c${index}`, ...entry })));
}

/** Pods with any terms, the grace derived. */
export function pods(seconds: fc.Arbitrary<number>): fc.Arbitrary<PodShutdown> {
  return fc.record({
    containers: containers(seconds, 1),
    sidecars: containers(seconds, 0).map((list) => list.map((entry) => ({ ...entry, name: `side-${entry.name}` }))),
    marginSeconds: seconds,
    propagationSeconds: fc.nat(60),
    readinessFalseSeconds: fc.option(fc.nat(60), { nil: undefined }),
  });
}

export const wholeSeconds = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(600));
export const anySeconds = fc.oneof(wholeSeconds, fc.double({ min: 0, max: 1e5, noNaN: true }));
