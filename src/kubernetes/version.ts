/** A Kubernetes release; all have the major version 1. Without a patch: any patch of that minor. */
export interface KubernetesVersion {
  readonly minor: number;
  readonly patch?: number;
}

const VERSION = /^v?1\.(0|[1-9]\d{0,2})(?:\.(0|[1-9]\d{0,2}))?(?:[-+][0-9A-Za-z.+-]*)?$/;

/** Reads `1.34`, `v1.34.4` and a distribution's `1.35.0-gke.1171000`; undefined for anything else. */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const minor = Number(match[1]);
  return match[2] === undefined ? { minor } : { minor, patch: Number(match[2]) };
}

export function formatKubernetesVersion({ minor, patch }: KubernetesVersion): string {
  return patch === undefined ? `1.${minor}` : `1.${minor}.${patch}`;
}
