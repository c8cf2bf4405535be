import { acceleratorMissing } from './accelerator-missing';
import { acceleratorQuantityRefused } from './accelerator-quantity-refused';
import { acceleratorsNotAsParallelism } from './accelerators-not-as-parallelism';
import { acknowledgementUnknown } from './acknowledgement-unknown';
import { acknowledgementUnused } from './acknowledgement-unused';
import { acknowledgementWithoutReason } from './acknowledgement-without-reason';
import { affinityMissesOwnPods } from './affinity-misses-own-pods';
import { antiAffinityBlocksRollout } from './anti-affinity-blocks-rollout';
import { argumentWithoutDash } from './argument-without-dash';
import { autoscalerScalesDownFasterThanDrain } from './autoscaler-scales-down-faster-than-drain';
import { commandNotInImage } from './command-not-in-image';
import { doNotDisruptBlocksDrain } from './do-not-disrupt-blocks-drain';
import { drainMarkerSurvivesRestart } from './drain-marker-survives-restart';
import { emptyDirLimitEvicts } from './empty-dir-limit-evicts';
import { evictionsExceedHeadroom } from './evictions-exceed-headroom';
import { execProbeTimeoutShort } from './exec-probe-timeout-short';
import { execReadinessIgnoredDuringTermination } from './exec-readiness-ignored-during-termination';
import { externalTrafficPolicyLocal } from './external-traffic-policy-local';
import { graceLongerThanNodeGives } from './grace-longer-than-node-gives';
import { graceMisplaced } from './grace-misplaced';
import { graceNotSized } from './grace-not-sized';
import { graceShorterThanShutdown } from './grace-shorter-than-shutdown';
import { graceZero } from './grace-zero';
import { headlessServiceDnsCached } from './headless-service-dns-cached';
import { hostPathVolume } from './host-path-volume';
import { hostPortBlocksRollout } from './host-port-blocks-rollout';
import { imageTagFloating } from './image-tag-floating';
import { intentContradictsManifest } from './intent-contradicts-manifest';
import { intentNamesUnknown } from './intent-names-unknown';
import { intentUnreadable } from './intent-unreadable';
import { kedaScalesToZero } from './keda-scales-to-zero';
import { kubeletShutdownLeavesNoTime } from './kubelet-shutdown-leaves-no-time';
import { leaderWorkerGroupEvicted } from './leader-worker-group-evicted';
import { livenessGatedOnDrain } from './liveness-gated-on-drain';
import { livenessKillsBusyServer } from './liveness-kills-busy-server';
import { livenessSameAsReadiness } from './liveness-same-as-readiness';
import { livenessWithoutOwnGrace } from './liveness-without-own-grace';
import { longLivedConnectionsCut } from './long-lived-connections-cut';
import { meshProxyEndsFirst } from './mesh-proxy-ends-first';
import { nativeSidecarUnsupported } from './native-sidecar-unsupported';
import { noHeadroom } from './no-headroom';
import { nodePoolTaintNotTolerated } from './node-pool-taint-not-tolerated';
import { pdbApiRemoved } from './pdb-api-removed';
import { pdbBlocksEviction } from './pdb-blocks-eviction';
import { pdbBothFields } from './pdb-both-fields';
import { pdbKeepsUnhealthyPods } from './pdb-keeps-unhealthy-pods';
import { pdbMissing } from './pdb-missing';
import { pdbOverlap } from './pdb-overlap';
import { pdbProtectsNothing } from './pdb-protects-nothing';
import { pdbSelectsNothing } from './pdb-selects-nothing';
import { pdbUnreadable } from './pdb-unreadable';
import { placeholderNotSubstituted } from './placeholder-not-substituted';
import { podReadinessGateMissing } from './pod-readiness-gate-missing';
import { prestopConsumesGrace } from './prestop-consumes-grace';
import { prestopLoopUnbounded } from './prestop-loop-unbounded';
import { prestopMissing } from './prestop-missing';
import { prestopPortNotOpen } from './prestop-port-not-open';
import { prestopShorterThanPropagation } from './prestop-shorter-than-propagation';
import { probeOfAnotherContainer } from './probe-of-another-container';
import { probePortUnnamed } from './probe-port-unnamed';
import { progressDeadlineTooShort } from './progress-deadline-too-short';
import { publishNotReadyAddresses } from './publish-not-ready-addresses';
import { readinessProbeMissing } from './readiness-probe-missing';
import { readinessSlowToFail } from './readiness-slow-to-fail';
import { readinessTrueWhileDraining } from './readiness-true-while-draining';
import { recreateBehindService } from './recreate-behind-service';
import { replicasBesideAutoscaler } from './replicas-beside-autoscaler';
import { rollingUpdateRoundsToZero } from './rolling-update-rounds-to-zero';
import { rolloutBelowRequiredReplicas } from './rollout-below-required-replicas';
import { rolloutWaitsForAccelerator } from './rollout-waits-for-accelerator';
import type { Rule } from './rule';
import { runtimeUnknown } from './runtime-unknown';
import { runtimeVersionUnchecked } from './runtime-version-unchecked';
import { selectorNotOnPods } from './selector-not-on-pods';
import { serverStopsBeforeProxy } from './server-stops-before-proxy';
import { sessionAffinityPinsClients } from './session-affinity-pins-clients';
import { shellSwallowsSigterm } from './shell-swallows-sigterm';
import { shutdownTimeoutLongerThanGrace } from './shutdown-timeout-longer-than-grace';
import { shutdownTimeoutShorterThanRequest } from './shutdown-timeout-shorter-than-request';
import { sigtermAbortsRequests } from './sigterm-aborts-requests';
import { sleepActionUnsupported } from './sleep-action-unsupported';
import { startupProbeMissing } from './startup-probe-missing';
import { startupShorterThanColdStart } from './startup-shorter-than-cold-start';
import { statefulSetPartitionHoldsUpdate } from './stateful-set-partition-holds-update';
import { statefulSetStartsOneByOne } from './stateful-set-starts-one-by-one';
import { stopSignalWithoutOs } from './stop-signal-without-os';
import { streamsCutByServer } from './streams-cut-by-server';
import { surgeDoublesAccelerators } from './surge-doubles-accelerators';
import { tcpReadinessBeforeModel } from './tcp-readiness-before-model';
import { topologySpreadCountsOldPods } from './topology-spread-counts-old-pods';
import { trafficUnknown } from './traffic-unknown';
import { volumeBlocksRollout } from './volume-blocks-rollout';

/** Every rule, in the order in which findings about one object are listed. */
export const rules: readonly Rule[] = [
  graceZero,
  graceShorterThanShutdown,
  graceNotSized,
  graceMisplaced,
  prestopMissing,
  prestopShorterThanPropagation,
  prestopConsumesGrace,
  prestopLoopUnbounded,
  prestopPortNotOpen,
  serverStopsBeforeProxy,
  sleepActionUnsupported,
  commandNotInImage,
  sigtermAbortsRequests,
  shellSwallowsSigterm,
  stopSignalWithoutOs,
  argumentWithoutDash,
  shutdownTimeoutShorterThanRequest,
  shutdownTimeoutLongerThanGrace,
  streamsCutByServer,
  longLivedConnectionsCut,
  trafficUnknown,
  publishNotReadyAddresses,
  externalTrafficPolicyLocal,
  sessionAffinityPinsClients,
  headlessServiceDnsCached,
  podReadinessGateMissing,
  meshProxyEndsFirst,
  graceLongerThanNodeGives,
  doNotDisruptBlocksDrain,
  kubeletShutdownLeavesNoTime,
  emptyDirLimitEvicts,
  nativeSidecarUnsupported,
  readinessProbeMissing,
  readinessSlowToFail,
  tcpReadinessBeforeModel,
  probePortUnnamed,
  probeOfAnotherContainer,
  execProbeTimeoutShort,
  readinessTrueWhileDraining,
  execReadinessIgnoredDuringTermination,
  drainMarkerSurvivesRestart,
  livenessSameAsReadiness,
  livenessGatedOnDrain,
  livenessKillsBusyServer,
  livenessWithoutOwnGrace,
  startupShorterThanColdStart,
  startupProbeMissing,
  rolloutBelowRequiredReplicas,
  rollingUpdateRoundsToZero,
  rolloutWaitsForAccelerator,
  surgeDoublesAccelerators,
  acceleratorMissing,
  acceleratorQuantityRefused,
  acceleratorsNotAsParallelism,
  nodePoolTaintNotTolerated,
  hostPortBlocksRollout,
  volumeBlocksRollout,
  antiAffinityBlocksRollout,
  topologySpreadCountsOldPods,
  affinityMissesOwnPods,
  recreateBehindService,
  statefulSetStartsOneByOne,
  statefulSetPartitionHoldsUpdate,
  leaderWorkerGroupEvicted,
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
  pdbProtectsNothing,
  pdbApiRemoved,
  replicasBesideAutoscaler,
  autoscalerScalesDownFasterThanDrain,
  kedaScalesToZero,
  runtimeUnknown,
  runtimeVersionUnchecked,
  imageTagFloating,
  placeholderNotSubstituted,
  hostPathVolume,
  selectorNotOnPods,
  intentUnreadable,
  intentNamesUnknown,
  intentContradictsManifest,
  acknowledgementUnknown,
  acknowledgementWithoutReason,
  acknowledgementUnused,
];
