import { type Image, imageOf, isFloating } from '../manifest/image';
import { objectsAt, textAt } from '../manifest/json';
import { notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const imageTagFloating: WorkloadRule = {
  id: 'image-tag-floating',
  title: 'an image has the tag latest, or none',
  severity: 'error',
  judges: 'workload',
  hazard:
    'The same manifest runs another server as soon as somebody pushes an image: what was judged here is not what drains, two pods ' +
    'of one workload may differ, and a rollback brings nothing back. A version that aborts at SIGTERM loses every request in flight.',
  remedy: 'Name a version in the tag, or a digest.',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    'https://kubernetes.io/docs/concepts/configuration/overview/',
  ],
  judge(assessment) {
    const { pod } = assessment.workload;
    const grave = assessment.traffic.slowest ? 'error' : 'warning';
    const verdicts: Verdict[] = [];
    for (const container of pod.all) verdicts.push(judgeImage(container.name, container.image, grave));
    for (const json of objectsAt(pod.template, 'spec', 'initContainers')) {
      if (json.restartPolicy !== 'Always') {
        verdicts.push(judgeImage(textAt(json, 'name') ?? '', imageOf(textAt(json, 'image') ?? ''), 'warning'));
      }
    }
    return verdicts.length > 0 ? verdicts : notApplicable('the pod has no containers');
  },
};

/** Less grave where no request is known to meet the container: in an init container, and behind no Service. */
function judgeImage(container: string, image: Image, severity: 'error' | 'warning'): Verdict {
  const { reference, tag } = image;
  if (reference === '') return notApplicable(`container ${container} names no image`);
  if (!isFloating(image)) return pass(`container ${container} runs ${reference}`);
  return violation({
    message: `image ${reference} has ${tag ? 'the tag latest' : 'no tag, which means latest'}: it may be another program tomorrow`,
    fix: `name a version or a digest, as in ${tag ? reference.slice(0, -tag.length - 1) : reference}:1.2.3`,
    container,
    field: 'image',
    severity: severity === 'warning' ? severity : undefined,
  });
}
