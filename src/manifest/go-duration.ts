const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, µs: 1e-6, ns: 1e-9 };
const PART = /(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/gy;

/** Seconds of a duration as Go and the Kubernetes API write it: `1h30m`, `150s`, `500ms`; undefined for anything else. */
export function parseGoSeconds(text: string): number | undefined {
  if (text === '0') return 0;
  if (text === '' || text.length > 40) return undefined;
  let seconds = 0;
  PART.lastIndex = 0;
  let at = 0;
  for (let part = PART.exec(text); part; part = PART.exec(text)) {
    seconds += Number(part[1]) * (UNITS[part[2] as string] as number);
    at = PART.lastIndex;
  }
  return at === text.length ? seconds : undefined;
}
