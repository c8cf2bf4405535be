import { read } from '../fact';
import type { TrafficSourceFacts } from './traffic';

const MANIFEST =
  'kubernetes-sigs/gateway-api-inference-extension config/manifests/vllm/gpu-deployment.yaml@42ec19b3 and pkg/epp@84436a96';

/** A gateway with an endpoint picker, which chooses the model server for each request. */
export const inferenceExtension: TrafficSourceFacts = {
  id: 'inference-extension',
  title: 'Gateway API inference extension',
  propagationSeconds: read(
    30,
    `${MANIFEST}: preStop sleep 30 in the manifest of the project; the picker itself drops a pod at its deletion, so this is the cautious end`,
  ),
  follows: read('deletion', `${MANIFEST}: a pod with a deletion timestamp is not ready`),
  notes: [
    read(
      'The manifest of the project gives a grace period of 130 s: the worst request of 55 s and the 30 s of preStop, times 1.5.',
      MANIFEST,
    ),
    read(
      'The picker needs the same grace period as the model servers; sh -c sleep in its preStop fails, since its image has no shell.',
      'llm-d/llm-d-router#2960',
    ),
  ],
};
