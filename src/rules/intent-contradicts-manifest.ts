import type { Assessment } from '../manifest/assessment';
import { intentKey } from '../manifest/intent';
import { recognisedRuntime } from '../manifest/recognition';
import { nameOf, readSetting, settingsOf } from '../manifest/runtime-view';
import { parseVersion } from '../runtimes';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';
import { knownBehaviour } from './server-words';

export const intentContradictsManifest: WorkloadRule = {
  id: 'intent-contradicts-manifest',
  title: 'a stated fact says something else than the manifest',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'Image tags and settings are changed by tools that leave the annotations as they are. The manifest counts, so no second is ' +
    'judged by the old statement, but whoever reads it is misled, and one of the two is a mistake.',
  remedy: 'Remove the annotation where the manifest shows the fact, or correct the one that is wrong.',
  sources: [
    'https://github.com/cdk8s-graceful/cdk8s-graceful/blob/main/README.md (where annotation and manifest disagree, the manifest wins)',
  ],
  judge(assessment) {
    const verdicts = [...runtimeVerdicts(assessment), ...timeoutVerdicts(assessment)];
    const against = verdicts.filter((verdict) => verdict.verdict === 'violation');
    if (against.length > 0) return against;
    return verdicts[0] ?? notApplicable('nothing is stated that the manifest shows too');
  },
};

function runtimeVerdicts({ server, intent }: Assessment): readonly Verdict[] {
  if (intent.runtime === undefined && intent.runtimeVersion === undefined) return [];
  const recognised = server && recognisedRuntime(server);
  if (!recognised) return [];
  const { facts, version, recognisedBy, certain } = recognised;
  const image = server.image.reference;
  if (intent.runtime !== undefined && intent.runtime !== facts.id) {
    if (!certain) return [pass(`a command of its own starts ${intent.runtime} in ${image}`)];
    return [
      contradiction(
        intentKey('runtime'),
        intent.runtime,
        `the image is ${image}, which runs ${facts.title} (${recognisedBy})`,
      ),
    ];
  }
  if (intent.runtimeVersion === undefined || version === undefined) return [];
  return parseVersion(intent.runtimeVersion) === version
    ? [pass(`the annotation and the image tag both say ${facts.title} ${version}`)]
    : [contradiction(intentKey('runtimeVersion'), intent.runtimeVersion, `the tag of ${image} says ${version}`)];
}

function timeoutVerdicts(assessment: Assessment): readonly Verdict[] {
  const { server, sigterm, intent } = assessment;
  const stated = intent.drainTimeoutSeconds;
  if (!server || stated === undefined || sigterm?.boundSeconds === undefined) return [];
  const setting = knownBehaviour(assessment)?.bound.value.setting;
  if (!setting) return [];
  const settings = settingsOf(server);
  if (readSetting(setting, settings) === undefined) return [];
  return sigterm.boundSeconds === stated
    ? [pass(`the annotation and ${nameOf(setting, settings)} both say ${secondsText(stated)}`)]
    : [
        contradiction(
          intentKey('drainTimeoutSeconds'),
          secondsText(stated),
          `container ${server.name} has ${sigterm.boundBy}`,
        ),
      ];
}

function contradiction(key: string, stated: string, manifest: string): Verdict {
  return violation({
    message: `annotation ${key} says ${stated}, ${manifest}; the manifest counts`,
    fix: `remove the annotation ${key}, or correct the one of the two that is wrong`,
    field: `metadata.annotations['${key}']`,
  });
}
