import { intentKey } from '../manifest/intent';
import type { RuntimeView } from '../manifest/runtime-view';
import { isBelowMinimum } from '../runtimes';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';

export const runtimeVersionUnchecked: WorkloadRule = {
  id: 'runtime-version-unchecked',
  title: 'nobody has checked what this version of the server does on SIGTERM',
  severity: 'warning',
  judges: 'workload',
  settledBy: ['runtimeVersion'],
  hazard:
    'What a server does with requests in flight changes between versions: vLLM 0.17 aborts them, 0.18 can drain; uvicorn 0.43 cut ' +
    'every stream in 0.1 s and 0.45 does not. The arithmetic may be that of another version than the one that runs.',
  remedy: 'State the version, or test what that version does on SIGTERM and acknowledge this with what was seen.',
  sources: [
    'https://github.com/vllm-project/vllm/pull/36666',
    'https://github.com/encode/uvicorn/blob/master/docs/release-notes.md',
    'https://docs.spring.io/spring-boot/reference/web/graceful-shutdown.html',
  ],
  judge(assessment) {
    const { runtime, server } = assessment;
    if (!runtime) return notApplicable('the server is not known; see runtime-unknown');
    if (!runtime.facts) return notApplicable('the team described the server itself');
    const name = runtime.version === undefined ? runtime.title : `${runtime.title} ${runtime.version}`;
    if (runtime.checked) return pass(`what ${name} does on SIGTERM was checked`);
    // A hook of fixed length asks nothing of the server, so no request depends on the version then.
    const waits = server?.preStop?.waitUntilIdleSeconds !== undefined;
    if (runtime.version === undefined && assessment.idleAtSigterm && !waits) {
      return pass(
        `the version of ${name} is not known, but preStop holds until the last request is done whatever it is`,
      );
    }
    return violation({ ...explained(runtime, name), container: server?.name });
  },
};

function explained(runtime: RuntimeView, name: string): { readonly message: string; readonly fix: string } {
  const { version, facts } = runtime;
  const test = 'test what it does on SIGTERM, then acknowledge this with what was seen';
  if (version === undefined) {
    return {
      message: `the version of ${name} is not known, and it decides what SIGTERM does; the most careful behaviour is assumed`,
      fix: `give the image a tag with the version, or state it with the annotation ${intentKey('runtimeVersion')}`,
    };
  }
  if (facts && isBelowMinimum(facts, version)) {
    const least = facts.minimumVersion?.value;
    return {
      message: `${name} is older than ${least}, the oldest version that was checked`,
      fix: `use ${least} or later, or ${test}`,
    };
  }
  return {
    message: `${name} is newer than ${facts?.checkedVersion?.value}, the newest version that was checked; the behaviour of that one is assumed`,
    fix: test,
  };
}
