import { isObject, objectsAt, textAt } from '../manifest/json';
import { labelsOf } from './labels';
import type { LoadOptions } from './load/load';

export function loadName(run: string): string {
  return `rehearsal-load-${run}`;
}

export interface LoadPod {
  readonly run: string;
  readonly namespace: string;
  readonly image: string;
  readonly script: string;
  readonly options: LoadOptions;
  /** It ends by itself after so long, should nobody be left to remove it. */
  readonly deadlineSeconds: number;
}

/** The pod that sends the requests, and its script. It meets the restricted Pod Security Standard. */
export function loadObjects({ run, namespace, image, script, options, deadlineSeconds }: LoadPod): unknown[] {
  const metadata = { name: loadName(run), namespace, labels: labelsOf(run, 'load') };
  const container = {
    name: 'load',
    image,
    command: ['node', '/load/load.cjs', JSON.stringify(options)],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'script', mountPath: '/load', readOnly: true }],
  };
  const spec = {
    restartPolicy: 'Never',
    activeDeadlineSeconds: deadlineSeconds,
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    volumes: [{ name: 'script', configMap: { name: metadata.name } }],
  };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'load.cjs': script } },
    { apiVersion: 'v1', kind: 'Pod', metadata, spec },
  ];
}

const HOPELESS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** Why the load pod will not send anything; undefined: it may still. */
export function whyNoLoad(pod: unknown): string | undefined {
  const phase = textAt(pod, 'status', 'phase');
  if (phase === 'Failed' || phase === 'Succeeded') return `it has ended (${textAt(pod, 'status', 'reason') ?? phase})`;
  for (const status of objectsAt(pod, 'status', 'containerStatuses')) {
    const reason = textAt(status, 'state', 'waiting', 'reason') ?? '';
    if (HOPELESS.has(reason)) return `${reason}: ${textAt(status, 'state', 'waiting', 'message') ?? ''}`.trim();
  }
  const unscheduled = objectsAt(pod, 'status', 'conditions')
    .filter(isObject)
    .find((each) => each.type === 'PodScheduled' && each.reason === 'Unschedulable');
  return unscheduled && `no node takes it: ${textAt(unscheduled, 'message')}`;
}
