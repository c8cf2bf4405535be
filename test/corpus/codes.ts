/**
 * Which rules speak of what a careful reader noted about a manifest, by the reader's code. One of them is enough.
 * An entry of `questions` counts too where the rule says that it cannot judge: the hazard is shown, its size is not.
 */
export interface Code {
  readonly meaning: string;
  readonly rules: readonly string[];
  readonly questions?: readonly string[];
}

export const codes: Readonly<Record<string, Code>> = {
  NO_GRACE_GPU: { meaning: 'a model server with the default grace', rules: ['grace-not-sized'] },
  NO_GRACE: { meaning: 'a slow or stateful server with the default grace', rules: ['grace-not-sized'] },
  GRACE_SHORT: {
    meaning: 'a grace below what the workload needs',
    rules: ['grace-not-sized', 'grace-shorter-than-shutdown'],
  },
  GRACE_ZERO: { meaning: 'a grace of 0', rules: ['grace-zero'] },
  GRACE_UNVERIFIED: { meaning: 'a preStop script of unknown length', rules: [], questions: ['prestop-consumes-grace'] },
  PRESTOP_GE_GRACE: { meaning: 'preStop as long as the grace', rules: ['prestop-consumes-grace'] },
  PRESTOP_UNBOUNDED: { meaning: 'a drain loop without a deadline', rules: ['prestop-loop-unbounded'] },
  PRESTOP_WRONG_PORT: { meaning: 'preStop asks a port on which nothing listens', rules: ['prestop-port-not-open'] },
  PRESTOP_BINARY: {
    meaning: 'preStop needs a program that the image lacks',
    rules: ['command-not-in-image'],
    questions: ['command-not-in-image'],
  },
  ENV_IN_PRESTOP: { meaning: 'the length of preStop is a variable', rules: [], questions: ['prestop-consumes-grace'] },
  NO_PRESTOP: { meaning: 'no delay before SIGTERM', rules: ['prestop-missing'] },
  NO_ENGINE_DRAIN: { meaning: 'the engine aborts at SIGTERM', rules: ['sigterm-aborts-requests'] },
  SAME_PROBE: { meaning: 'liveness asks what readiness asks', rules: ['liveness-same-as-readiness'] },
  NO_READINESS: { meaning: 'no readiness probe', rules: ['readiness-probe-missing'] },
  NO_STARTUP: {
    meaning: 'a slow start without a startup probe',
    rules: ['startup-probe-missing', 'startup-shorter-than-cold-start'],
  },
  STARTUP_SHORT: {
    meaning: 'the startup budget is shorter than the load',
    rules: ['startup-shorter-than-cold-start'],
    questions: ['startup-shorter-than-cold-start'],
  },
  STARTUP_VS_PROGRESS: {
    meaning: 'the startup budget is longer than the progress deadline',
    rules: ['progress-deadline-too-short'],
  },
  SLOW_DEREGISTER: { meaning: 'readiness takes minutes to fail', rules: ['readiness-slow-to-fail'] },
  TCP_READINESS: { meaning: 'an open port is taken for a loaded model', rules: ['tcp-readiness-before-model'] },
  LIVENESS_BUSY: { meaning: 'liveness kills a busy server', rules: ['liveness-kills-busy-server'] },
  LIVENESS_GRACE: { meaning: 'a long grace holds for liveness kills too', rules: ['liveness-without-own-grace'] },
  CROSS_CONTAINER_PROBE: { meaning: 'a probe is answered by another container', rules: ['probe-of-another-container'] },
  SHELL_NO_EXEC: { meaning: 'a shell stays PID 1', rules: ['shell-swallows-sigterm'] },
  PID1: { meaning: 'PID 1 is not the server', rules: ['shell-swallows-sigterm'] },
  PDB_BLOCKS: {
    meaning: 'no eviction is ever allowed',
    rules: ['pdb-blocks-eviction'],
    questions: ['pdb-selects-nothing'],
  },
  PDB_NOOP: { meaning: 'the budget protects nothing', rules: ['pdb-protects-nothing'] },
  PDB_INVALID: {
    meaning: 'the budget is refused or selects nothing',
    rules: ['pdb-selects-nothing', 'pdb-unreadable', 'pdb-both-fields'],
  },
  PDB_API: { meaning: 'policy/v1beta1', rules: ['pdb-api-removed'] },
  PDB_ORPHAN: { meaning: 'the workload of a budget is not there', rules: [], questions: ['pdb-selects-nothing'] },
  NO_PDB: { meaning: 'several replicas without a budget', rules: ['pdb-missing'] },
  GPU_SURGE: {
    meaning: 'a rollout needs accelerators that nobody may have',
    rules: ['rollout-waits-for-accelerator', 'surge-doubles-accelerators'],
  },
  ROLLOUT_DOWNTIME: {
    meaning: 'a rollout takes all pods away',
    rules: ['rollout-below-required-replicas', 'rolling-update-rounds-to-zero'],
  },
  RECREATE: { meaning: 'strategy Recreate', rules: ['recreate-behind-service'] },
  SINGLE_REPLICA: { meaning: 'one replica', rules: ['no-headroom'] },
  SPOT_BUDGET: { meaning: 'a spot node whose notice nothing is sized for', rules: ['grace-longer-than-node-gives'] },
  GPU_MISMATCH: {
    meaning: 'another number of accelerators than the parallelism',
    rules: ['accelerators-not-as-parallelism'],
  },
  GPU_MISSING: { meaning: 'an engine without an accelerator', rules: ['accelerator-missing'] },
  GANG: { meaning: 'one eviction ends a whole group', rules: ['leader-worker-group-evicted'] },
  PLACEHOLDER: { meaning: 'a placeholder is left', rules: ['placeholder-not-substituted'] },
  ARG_TYPO: { meaning: 'a flag without its dash', rules: ['argument-without-dash'] },
  LABEL_MISMATCH: { meaning: 'a selector that misses', rules: ['affinity-misses-own-pods', 'selector-not-on-pods'] },
};
