import { type Fact, measured, read, unverified } from '../fact';
import { formatKubernetesVersion, type KubernetesVersion } from './version';

const REGRESSION =
  'kubernetes/kubernetes#140881 and #140509; the fixes #141005 (1.35) and #141006 (1.36) were still open';

/**
 * Whether the kubelet goes on running an exec readiness probe while the pod terminates. Where it does not, the Ready
 * condition stays true, so a marker that preStop writes for such a probe changes nothing. HTTP probes are not affected.
 */
export const execReadinessFacts = {
  before135: measured(true, 'run: 1.34.4, two nodes, exec readiness probe every second, one pod deleted'),
  in135: read(false, REGRESSION),
  early136: read(true, 'kubernetes/kubernetes#140881: 1.36.0 to 1.36.2 are not affected'),
  late136: measured(
    false,
    'run: 1.36.3, two nodes, exec readiness probe every second, one pod deleted; kubernetes/kubernetes#140066, #140881',
  ),
  from137: unverified(
    false,
    'kubernetes/kubernetes#140882 fixed it on the main branch; no release with the fix was tried, so none is relied on',
  ),
} as const satisfies Readonly<Record<string, Fact<boolean>>>;

/** The releases at which that changes. */
export const execReadinessReleases = {
  broken: read({ minor: 35, patch: 0 }, REGRESSION),
  brokenAgain: measured(
    { minor: 36, patch: 3 },
    'run: 1.36.3, two nodes; kubernetes/kubernetes#140881: 1.36.0 to 1.36.2 are not affected',
  ),
  notTried: unverified({ minor: 37, patch: 0 }, 'kubernetes/kubernetes#140882; no release with it was tried'),
} as const satisfies Readonly<Record<string, Fact<Required<KubernetesVersion>>>>;

export interface ExecReadiness {
  readonly runs: boolean;

  /** One sentence with the version and the source. */
  readonly why: string;
}

/** A minor without a patch counts as having the defects of that minor; no version at all, those of every minor. */
export function execReadinessRunsDuringTermination(version: KubernetesVersion | undefined): ExecReadiness {
  if (version === undefined) {
    return {
      runs: false,
      why: `Without a Kubernetes version exec readiness probes are not relied on: they do not run in a terminating pod in 1.35 and in 1.36.3 and later (${execReadinessFacts.late136.source}).`,
    };
  }
  const fact = factOf(version);
  return { runs: fact.value, why: `${subject(version, fact)} (${fact.source}).` };
}

function factOf({ minor, patch }: KubernetesVersion): Fact<boolean> {
  const { broken, brokenAgain, notTried } = execReadinessReleases;
  if (minor < broken.value.minor) return execReadinessFacts.before135;
  if (minor < brokenAgain.value.minor) return execReadinessFacts.in135;
  if (minor >= notTried.value.minor) return execReadinessFacts.from137;
  return patch !== undefined && patch < brokenAgain.value.patch
    ? execReadinessFacts.early136
    : execReadinessFacts.late136;
}

function subject(version: KubernetesVersion, fact: Fact<boolean>): string {
  const name = `Kubernetes ${formatKubernetesVersion(version)}`;
  if (fact === execReadinessFacts.from137) {
    return `${name} is not known to run exec readiness probes in a terminating pod`;
  }
  if (fact.value) return `${name} runs exec readiness probes in a terminating pod`;
  const { value: release } = execReadinessReleases.brokenAgain;
  const patch =
    version.minor === release.minor && version.patch === undefined
      ? `, from ${formatKubernetesVersion(release)} on,`
      : '';
  return `${name}${patch} does not run exec readiness probes in a terminating pod`;
}
