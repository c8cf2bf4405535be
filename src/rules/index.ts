import { acknowledgementUnknown } from './acknowledgement-unknown';
import { acknowledgementUnused } from './acknowledgement-unused';
import { acknowledgementWithoutReason } from './acknowledgement-without-reason';
import { autoscalerScalesDownFasterThanDrain } from './autoscaler-scales-down-faster-than-drain';
import { commandNotInImage } from './command-not-in-image';
import { drainMarkerSurvivesRestart } from './drain-marker-survives-restart';
import { evictionsExceedHeadroom } from './evictions-exceed-headroom';
import { execReadinessIgnoredDuringTermination } from './exec-readiness-ignored-during-termination';
import { graceLongerThanNodeGives } from './grace-longer-than-node-gives';
import { graceShorterThanShutdown } from './grace-shorter-than-shutdown';
import { graceZero } from './grace-zero';
import { hostPathVolume } from './host-path-volume';
import { imageTagFloating } from './image-tag-floating';
import { intentContradictsManifest } from './intent-contradicts-manifest';
import { intentNamesUnknown } from './intent-names-unknown';
import { intentUnreadable } from './intent-unreadable';
import { livenessGatedOnDrain } from './liveness-gated-on-drain';
import { livenessKillsBusyServer } from './liveness-kills-busy-server';
import { livenessSameAsReadiness } from './liveness-same-as-readiness';
import { livenessWithoutOwnGrace } from './liveness-without-own-grace';
import { longLivedConnectionsCut } from './long-lived-connections-cut';
import { nativeSidecarUnsupported } from './native-sidecar-unsupported';
import { noHeadroom } from './no-headroom';
import { pdbBlocksEviction } from './pdb-blocks-eviction';
import { pdbBothFields } from './pdb-both-fields';
import { pdbKeepsUnhealthyPods } from './pdb-keeps-unhealthy-pods';
import { pdbMissing } from './pdb-missing';
import { pdbOverlap } from './pdb-overlap';
import { pdbSelectsNothing } from './pdb-selects-nothing';
import { pdbUnreadable } from './pdb-unreadable';
import { prestopConsumesGrace } from './prestop-consumes-grace';
import { prestopMissing } from './prestop-missing';
import { prestopShorterThanPropagation } from './prestop-shorter-than-propagation';
import { progressDeadlineTooShort } from './progress-deadline-too-short';
import { readinessProbeMissing } from './readiness-probe-missing';
import { readinessTrueWhileDraining } from './readiness-true-while-draining';
import { recreateBehindService } from './recreate-behind-service';
import { replicasBesideAutoscaler } from './replicas-beside-autoscaler';
import { rolloutBelowRequiredReplicas } from './rollout-below-required-replicas';
import { rolloutWaitsForAccelerator } from './rollout-waits-for-accelerator';
import type { Rule } from './rule';
import { runtimeUnknown } from './runtime-unknown';
import { runtimeVersionUnchecked } from './runtime-version-unchecked';
import { shellSwallowsSigterm } from './shell-swallows-sigterm';
import { shutdownTimeoutLongerThanGrace } from './shutdown-timeout-longer-than-grace';
import { shutdownTimeoutShorterThanRequest } from './shutdown-timeout-shorter-than-request';
import { sigtermAbortsRequests } from './sigterm-aborts-requests';
import { sleepActionUnsupported } from './sleep-action-unsupported';
import { startupShorterThanColdStart } from './startup-shorter-than-cold-start';
import { streamsCutByServer } from './streams-cut-by-server';

/** Every rule, in the order in which findings about one object are listed. */
export const rules: readonly Rule[] = [
  graceZero,
  graceShorterThanShutdown,
  prestopMissing,
  prestopShorterThanPropagation,
  prestopConsumesGrace,
  sleepActionUnsupported,
  commandNotInImage,
  sigtermAbortsRequests,
  shellSwallowsSigterm,
  shutdownTimeoutShorterThanRequest,
  shutdownTimeoutLongerThanGrace,
  streamsCutByServer,
  longLivedConnectionsCut,
  graceLongerThanNodeGives,
  nativeSidecarUnsupported,
  readinessProbeMissing,
  readinessTrueWhileDraining,
  execReadinessIgnoredDuringTermination,
  drainMarkerSurvivesRestart,
  livenessSameAsReadiness,
  livenessGatedOnDrain,
  livenessKillsBusyServer,
  livenessWithoutOwnGrace,
  startupShorterThanColdStart,
  rolloutBelowRequiredReplicas,
  rolloutWaitsForAccelerator,
  recreateBehindService,
  progressDeadlineTooShort,
  noHeadroom,
  pdbMissing,
  pdbBlocksEviction,
  evictionsExceedHeadroom,
  pdbOverlap,
  pdbKeepsUnhealthyPods,
  pdbBothFields,
  pdbUnreadable,
  pdbSelectsNothing,
  replicasBesideAutoscaler,
  autoscalerScalesDownFasterThanDrain,
  runtimeUnknown,
  runtimeVersionUnchecked,
  imageTagFloating,
  hostPathVolume,
  intentUnreadable,
  intentNamesUnknown,
  intentContradictsManifest,
  acknowledgementUnknown,
  acknowledgementWithoutReason,
  acknowledgementUnused,
];
