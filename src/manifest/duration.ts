/** Seconds as intent annotations hold them: `150s`; `2m`, `1h` and `2m30s` are read too. */

export function formatSeconds(seconds: number): string {
  return `${seconds}s`;
}

/** Undefined for anything but a whole number of seconds that is not negative. */
export function parseSeconds(text: string): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.trim());
  if (!match || match[0] === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return Number.isSafeInteger(total) ? total : undefined;
}

/**
 * A Spring Boot duration in seconds: a plain number is milliseconds, `30s` and `2m` are the simple style, `PT30S` is ISO 8601.
 *
 * @see https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.conversion.durations
 */
export function parseSpringSeconds(text: string): number | undefined {
  const simple = /^([+-]?\d+)(ns|us|ms|s|m|h|d)?$/i.exec(text.trim());
  if (simple) return finite(Number(simple[1]) * (SPRING_UNITS[(simple[2] ?? 'ms').toLowerCase()] as number));
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(text.trim());
  if (!iso || iso[0].length === 2) return undefined;
  return finite(Number(iso[1] ?? 0) * 3600 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0));
}

/** As Quarkus and Micronaut read a duration: a plain number is seconds, the rest as Spring Boot does. */
export function parseJavaSeconds(text: string): number | undefined {
  return parseSpringSeconds(/^\d+$/.test(text.trim()) ? `${text.trim()}s` : text);
}

function finite(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? seconds : undefined;
}

const SPRING_UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86400 };
