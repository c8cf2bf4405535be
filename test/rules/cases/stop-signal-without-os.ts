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
      'stopSignal needs 1.33',
    ),
  ],
  pass: [
    withCompanions('with it', deploymentOf(SIGNAL, OS), 'spec.os.name is set'),
    withCompanions('on a cluster that has it', deploymentOf(SIGNAL, OS, on('1.37')), 'stopSignal SIGQUIT'),
  ],
  notApplicable: [withCompanions('no signal of its own', deployment(), 'no container')],
};
