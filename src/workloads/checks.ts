import type { Duration } from 'cdk8s';
import type { PercentOrAbsolute } from 'cdk8s-plus-27';
import { isGaugeName, isSafePath } from '../manifest/hooks/safe-values';
import { imageOf, isFloating } from '../manifest/image';
import { parseIntOrPercent } from '../termination/int-or-percent';

/** Collects everything that is wrong with the properties of one construct, to say it all at once. */
export class Checks {
  private readonly problems: string[] = [];

  constructor(private readonly subject: string) {}

  refuse(problem: string): void {
    this.problems.push(problem);
  }

  /** Seconds of a Duration; a fraction of a second is refused, since Kubernetes has none. */
  seconds(name: string, duration: Duration | undefined, least = 0): number | undefined {
    if (duration === undefined) return undefined;
    const seconds = duration.toSeconds({ integral: false });
    if (!Number.isInteger(seconds)) this.refuse(`${name} is ${seconds} s: Kubernetes counts whole seconds`);
    else if (seconds < least) this.refuse(`${name} is ${seconds} s, at least ${least} s is needed`);
    else return seconds;
    return Math.max(least, Math.ceil(Number.isFinite(seconds) ? seconds : least));
  }

  count(name: string, count: number | undefined, least = 0): number | undefined {
    if (count === undefined) return undefined;
    if (Number.isInteger(count) && count >= least) return count;
    this.refuse(`${name} is ${count}, a whole number of at least ${least} is needed`);
    return least;
  }

  port(name: string, port: number): void {
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      this.refuse(`${name} is ${port}, a whole number from 1 to 65535 is needed`);
  }

  intOrPercent(name: string, value: PercentOrAbsolute | undefined): number | string | undefined {
    if (value === undefined) return undefined;
    const parsed = parseIntOrPercent(value.value);
    if (parsed.kind === 'invalid') this.refuse(`${name}: ${parsed.reason}`);
    return value.value;
  }

  /** A path in a URL that reaches probes and shell commands. */
  urlPath(name: string, path: string | undefined): void {
    if (path !== undefined && !/^\/[A-Za-z0-9._~:/?&=%,+@-]*$/.test(path)) {
      this.refuse(
        `${name} is ${JSON.stringify(path)}: it must begin with '/' and hold letters, digits and ._~:/?&=%,+@- only`,
      );
    }
  }

  /** A directory or file that reaches a shell command. */
  filePath(name: string, path: string): void {
    if (!isSafePath(path)) {
      this.refuse(
        `${name} is ${JSON.stringify(path)}: it must be absolute, of letters, digits and ._-/ only, without '..'`,
      );
    }
  }

  /** Names of metrics that reach a shell command. */
  gauges(name: string, gauges: readonly string[]): void {
    for (const gauge of gauges) {
      if (!isGaugeName(gauge))
        this.refuse(
          `${name} holds ${JSON.stringify(gauge)}: the name of a metric has letters, digits, _ and : only, and no labels`,
        );
    }
  }

  image(name: string, image: string): void {
    if (image.trim() === '') this.refuse(`${name} is empty`);
    else if (/\s/.test(image)) this.refuse(`${name} is ${JSON.stringify(image)}, which has white space in it`);
    else if (isFloating(imageOf(image))) {
      this.refuse(`${name} is ${image}, which may be another program tomorrow: name a version or a digest`);
    }
  }

  /** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
  dnsLabel(name: string, label: string): void {
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label) || label.length > 63) {
      this.refuse(`${name} is ${JSON.stringify(label)}: lower case letters, digits and '-' are allowed, at most 63`);
    }
  }

  /** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
  dnsSubdomain(name: string, subdomain: string): void {
    if (
      !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(subdomain) ||
      subdomain.length > 253
    ) {
      this.refuse(
        `${name} is ${JSON.stringify(subdomain)}: lower case letters, digits, '-' and '.' are allowed, at most 253`,
      );
    }
  }

  /** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names */
  serviceName(name: string, label: string): void {
    if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(label) || label.length > 63) {
      this.refuse(
        `${name} is ${JSON.stringify(label)}: it must begin with a letter and hold lower case letters, digits and '-' only, at most 63`,
      );
    }
  }

  duplicates(name: string, values: readonly (string | number)[]): void {
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) this.refuse(`${name} ${JSON.stringify(twice)} is given twice`);
  }

  /** Throws one error with every problem, if there is any. */
  done(): void {
    if (this.problems.length === 0) return;
    throw new Error([`${this.subject}:`, ...this.problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}
