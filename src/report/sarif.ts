import type { Location, Log, Notification, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import { describeObject } from '../manifest/object-ref';
import { rules } from '../rules';
import { type Finding, ruleUrl, Severity } from '../rules/finding';
import type { Rule } from '../rules/rule';
import { type LintReport, reaches, type Threshold } from './lint-report';
import { ruleMarkdown, ruleText } from './rule-text';

/** Where the files of a run are. */
export interface SarifPlaces {
  /** The root of the repository, as a `file:` URI that ends with a slash. */
  readonly rootUri: string;
  /** A file's URI: relative to the root where it is below it, otherwise with its scheme. */
  uriOf(file: string): string;
}

const ROOT = '%SRCROOT%';
const HOME = 'https://github.com/cdk8s-graceful/cdk8s-graceful';

/** GitHub shows what is `note`, and does not say what it makes of SARIF's `none`. */
const LEVELS: Readonly<Record<Severity, Result.level>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.CANNOT_JUDGE]: 'note',
  [Severity.ACKNOWLEDGED]: 'note',
};

/**
 * A log of one run in SARIF 2.1.0, as code scanning takes it.
 *
 * The fingerprint of a result is what it is about and not where it stands, so it outlives a shift of lines. That of
 * GitHub, `primaryLocationLineHash`, is left to the upload action, which computes it from the lines of the file and
 * warns of any other.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function* sarif(
  report: LintReport,
  threshold: Threshold,
  version: string,
  places: SarifPlaces,
): Iterable<string> {
  const unread = report.summary.problems > 0;
  const failed = report.findings.some((finding) => reaches(finding.severity, threshold));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-graceful',
            semanticVersion: version,
            informationUri: HOME,
            rules: rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { uri: places.rootUri } },
        invocations: [
          {
            executionSuccessful: !unread,
            exitCode: unread ? 2 : failed ? 1 : 0,
            toolExecutionNotifications: report.problems.map(
              (problem): Notification => ({
                level: problem.severity,
                message: { text: problem.message },
                locations: [{ physicalLocation: placeOf(problem.file, problem.line, places) }],
              }),
            ),
          },
        ],
        properties: { summary: report.summary },
        results: [],
      },
    ],
  };
  // Thousands of results need not be one text in memory.
  const [head, tail] = JSON.stringify(log, null, 2).split('"results": []') as [string, string];
  yield `${head}"results": [`;
  const seen = new Map<string, number>();
  let separator = '\n        ';
  for (const finding of report.findings) {
    yield separator + JSON.stringify(result(finding, places, seen));
    separator = ',\n        ';
  }
  yield `${report.findings.length > 0 ? '\n      ' : ''}]${tail}\n`;
}

function descriptor(rule: Rule): ReportingDescriptor {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.hazard },
    help: { text: ruleText(rule), markdown: ruleMarkdown(rule) },
    helpUri: ruleUrl(rule.id),
    defaultConfiguration: { level: rule.severity },
    properties: {
      tags: ['kubernetes', 'reliability', 'graceful-shutdown'],
      precision: 'high',
      'problem.severity': rule.severity,
    },
  };
}

const INDEX: ReadonlyMap<string, number> = new Map(rules.map((rule, index) => [rule.id, index]));

function result(finding: Finding, places: SarifPlaces, seen: Map<string, number>): Result {
  const { rule, severity, message, arithmetic, fix, container, field, acknowledgedBecause } = finding;
  const lines = [
    `${describeObject(finding.object)}${container === undefined ? '' : ` container ${container}`}: ${message}`,
  ];
  if (arithmetic !== undefined) lines.push(arithmetic);
  lines.push(`fix: ${fix}`);
  const acknowledged = severity === Severity.ACKNOWLEDGED;
  return {
    ruleId: rule,
    ruleIndex: INDEX.get(rule),
    level: acknowledged ? rules[INDEX.get(rule) ?? -1]?.severity : LEVELS[severity],
    message: { text: lines.join('\n') },
    locations: [locationOf(finding, places)],
    partialFingerprints: { 'finding/v1': identity(finding, seen) },
    suppressions: acknowledged ? [{ kind: 'inSource', status: 'accepted', justification: acknowledgedBecause }] : [],
    properties: { severity, container, field },
  };
}

/** Which finding it is, whatever the numbers in it and the line; a second one of the same name is told apart. */
function identity({ rule, object, container, field }: Finding, seen: Map<string, number>): string {
  const { apiVersion, kind, namespace, name } = object;
  const words = [rule, apiVersion, kind, namespace ?? '', name, container ?? '', field ?? ''];
  const text = words.map((word) => encodeURIComponent(word.replace(/\p{Surrogate}/gu, '\u{FFFD}'))).join('/');
  const times = (seen.get(text) ?? 0) + 1;
  seen.set(text, times);
  return `${text}:${times}`;
}

function locationOf(finding: Finding, places: SarifPlaces): Location {
  const { object, file, line } = finding;
  return {
    ...(file !== undefined && { physicalLocation: placeOf(file, line, places) }),
    logicalLocations: [{ fullyQualifiedName: describeObject(object), name: object.name, kind: 'resource' }],
  };
}

function placeOf(file: string, line: number | undefined, places: SarifPlaces): PhysicalLocation {
  const uri = places.uriOf(file);
  const relative = !/^[a-z][a-z0-9+.-]*:/i.test(uri);
  return {
    artifactLocation: relative ? { uri, uriBaseId: ROOT } : { uri },
    ...(line !== undefined && { region: { startLine: line } }),
  };
}
