import { parseGoSeconds } from '../manifest/go-duration';
import { textAt } from '../manifest/json';
import { secondsText } from '../termination/seconds';
import { notApplicable, pass, type SettingRule, violation } from './rule';

export const kubeletShutdownLeavesNoTime: SettingRule = {
  id: 'kubelet-shutdown-leaves-no-time',
  title: 'a node that shuts down gives ordinary pods no time',
  severity: 'error',
  judges: 'setting',
  kind: 'kubelet.config.k8s.io/v1beta1 KubeletConfiguration',
  hazard:
    'Ordinary pods get shutdownGracePeriod less shutdownGracePeriodCriticalPods. Where both are the same that is 0 s: every shutdown of a ' +
    'node kills them after 1 s, whatever their own grace says, with all requests in flight.',
  remedy: 'Make shutdownGracePeriod as much longer as ordinary pods need for their drain.',
  sources: [
    'kubernetes/kubernetes pkg/kubelet/nodeshutdown/nodeshutdown_manager.go v1.36.2, migrateConfig',
    'https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#graceful-node-shutdown',
    'aws/karpenter-provider-aws@1d927085d website/content/en/preview/concepts/nodeclasses.md (an example with 30 s for both)',
  ],
  since: '1.21',
  judge({ source: { json } }) {
    const [whole, critical] = [textAt(json, 'shutdownGracePeriod'), textAt(json, 'shutdownGracePeriodCriticalPods')];
    const [all, forCritical] = [parseGoSeconds(whole ?? '0s'), parseGoSeconds(critical ?? '0s')];
    if (!all || forCritical === undefined)
      return notApplicable('the kubelet does not wait for pods when its node shuts down');
    const left = all - forCritical;
    const sum = `shutdownGracePeriod ${whole} - shutdownGracePeriodCriticalPods ${critical ?? '0s'} = ${secondsText(left)} for ordinary pods`;
    if (left > 0) return pass(sum);
    return violation({
      message: `ordinary pods get ${secondsText(Math.max(0, left))} when a node shuts down: the whole ${whole} are kept for critical ones`,
      arithmetic: sum,
      fix: `raise shutdownGracePeriod to ${critical} and the longest drain of an ordinary pod together`,
      field: 'shutdownGracePeriod',
    });
  },
};
