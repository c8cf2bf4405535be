import { intentKey } from '../manifest/intent';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, violation, type WorkloadRule } from './rule';
import { holdFix, holdSum, inFlightNotKnown, serverTitle } from './server-words';

export const streamsCutByServer: WorkloadRule = {
  id: 'streams-cut-by-server',
  title: 'the server cuts streaming responses at SIGTERM although it drains',
  severity: 'error',
  judges: 'workload',
  settledBy: ['runtimeVersion', 'uvicornVersion'],
  hazard:
    'Plain requests are let finish, but every streaming response is cut 0.1 s after SIGTERM, without its last chunk. ' +
    'An inference engine streams nearly all that it answers, so its drain saves next to nothing.',
  remedy: 'Let preStop wait until the streams are done, or use a version of the server that lets them finish.',
  sources: [
    'Kludex/uvicorn#2829 and the release notes of 0.43.0; 0.45.0 lets streams finish again',
    'measured: FastAPI with server-sent events under uvicorn 0.42.0, 0.43.0, 0.44.0, 0.45.0 and 0.54.0; vLLM 0.18.1 with 0.42.0 and 0.44.0',
  ],
  judge(assessment) {
    const { sigterm, server, runtime, intent } = assessment;
    if (!sigterm) return notApplicable('what the server does at SIGTERM is not known');
    if (sigterm.inFlight !== 'drains')
      return notApplicable('the server does not drain at SIGTERM; see sigterm-aborts-requests');
    if (!sigterm.cutsStreams)
      return pass(`nothing is known of ${serverTitle(assessment)} cutting streams while it drains`);
    const idle = assessment.idleAtSigterm;
    if (idle) return pass('preStop returns only when the last request is done');
    if (idle === undefined) return inFlightNotKnown(assessment);

    const inference = runtime?.facts?.kind === 'inference';
    const version = inference ? intent.uvicornVersion : runtime?.version;
    const versions = inference
      ? `state a uvicorn other than 0.43 and 0.44 with the annotation ${intentKey('uvicornVersion')}, where the image has one`
      : `use uvicorn 0.45.0 or later${version ? '' : ` and state its version with the annotation ${intentKey('runtimeVersion')}`}`;
    return violation({
      message: version
        ? `${serverTitle(assessment)} cuts every streaming response at SIGTERM${inference ? ` with uvicorn ${version}` : ''}, and preStop does not hold until they are done`
        : `${serverTitle(assessment)} may cut every streaming response at SIGTERM: uvicorn 0.43 and 0.44 do, and which one runs is not known`,
      arithmetic: `needed: ${holdSum(assessment)}; preStop holds ${secondsText(server?.preStop?.delaySeconds ?? 0)}`,
      fix: `${runtime?.facts?.gauges ? 'let preStop wait until the in-flight gauges are zero, ' : `${holdFix(assessment)}, `}or ${versions}`,
      container: server?.name,
      severity: inference ? undefined : 'warning',
    });
  },
};
