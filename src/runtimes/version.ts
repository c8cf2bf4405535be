const VERSION = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?(?:(?:[.+_-](?=[0-9A-Za-z])|[A-Za-z])[0-9A-Za-z.+_-]*)?$/;

/**
 * A release or image tag as major.minor.patch: `v0.32.0-cu130` is `0.32.0`, `3.5.0-RC1` is `3.5.0`, `0.18` is `0.18.0`.
 * Undefined for what tells no version, as `latest` does, and for `3`, which tells too little.
 */
export function parseVersion(text: string): string | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  return [match[1], match[2], match[3] ?? '0'].map(Number).join('.');
}

/** Below, equal to or above zero, for versions as `parseVersion` gives them. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [parts(a), parts(b)];
  return compareParts(one, other, Math.max(one.length, other.length));
}

/** Whether `version` is later than `checked`; where `checked` is only a minor, patches do not count. */
export function isNewerThan(version: string, checked: string): boolean {
  const checkedParts = parts(checked);
  return compareParts(parts(version), checkedParts, checkedParts.length) > 0;
}

function parts(version: string): readonly number[] {
  return version.split('.').map(Number);
}

function compareParts(a: readonly number[], b: readonly number[], count: number): number {
  for (let i = 0; i < count; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
