import { type RuleCases, withCompanions } from './case';
import { deployment, deploymentOf } from './manifests';

const SIGNAL = { lifecycle: { stopSignal: 'SIGQUIT' } };
const OS = { os: { name: 'linux' } };
const on = (version: string) => ({ metadata: { annotations: { 'cdk8s-graceful/kubernetes-version': version } } });

export const cases: RuleCases = {
  rule: 'stop-signal-without-os',
  violation: [
    withCompanions(
      'without the name of the OS',
      deploymentOf(SIGNAL),
      'stopSignal SIGQUIT needs spec.os.name, which is not set: the API server refuses the pod',
      'set spec.template.spec.os.name to linux',
    ),
    withCompanions(
      'on an older cluster',
      deploymentOf(SIGNAL, OS, on('1.32')),
      'Kubernetes 1.32 drops stopSignal',
      'stopSignal needs 1.38',
    ),
    {
      ...withCompanions(
        'on a cluster that may have turned it on',
        deploymentOf(SIGNAL, OS, on('1.36')),
        'Kubernetes 1.36 drops stopSignal SIGQUIT unless its feature gate ContainerStopSignals is turned on',
      ),
      severity: 'warning',
    },
  ],
  pass: [withCompanions('on a cluster that has it', deploymentOf(SIGNAL, OS, on('1.38')), 'spec.os.name is set')],
  notApplicable: [withCompanions('no signal of its own', deployment(), 'no container')],
  cannotJudge: [withCompanions('no version', deploymentOf(SIGNAL, OS), 'the version is not stated')],
};
