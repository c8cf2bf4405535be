import { type Image, imageOf, isFloating } from '../manifest/image';
import { objectsAt, textAt } from '../manifest/json';
import { isPlaceholder } from './placeholder-not-substituted';
import { cannotJudge, notApplicable, pass, type Verdict, violation, type WorkloadRule } from './rule';

export const imageTagFloating: WorkloadRule = {
  id: 'image-tag-floating',
  title: 'an image has the tag latest, or none',
  severity: 'warning',
  judges: 'workload',
  hazard:
    'The same manifest runs another server as soon as somebody pushes an image: what was judged here is not what drains, two pods ' +
    'of one workload may differ, and a rollback brings nothing back. A version that aborts at SIGTERM loses every request in flight.',
  remedy: 'Name a version in the tag, or a digest.',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    'https://kubernetes.io/docs/concepts/configuration/overview/',
  ],
  judge({ workload: { pod } }) {
    const verdicts: Verdict[] = [];
    for (const container of pod.all) verdicts.push(judgeImage(container.name, container.image));
    for (const json of objectsAt(pod.template, 'spec', 'initContainers')) {
      if (json.restartPolicy !== 'Always') {
        verdicts.push(judgeImage(textAt(json, 'name') ?? '', imageOf(textAt(json, 'image') ?? '')));
      }
    }
    return verdicts.length > 0 ? verdicts : notApplicable('the pod has no containers');
  },
};

/** ko puts the digest of what it has just built in place of its own import paths. */
const BUILT_LATER = 'ko://';

/** Skaffold, kustomize and scripts of a pipeline put an image in its place: `IMAGE`, `IMAGE_NAME`, `app:PLACEHOLDER`; Istio for `auto`. */
const STANDS_FOR_ANOTHER =
  /^(?:[A-Z][A-Z0-9_-]*|auto|image|.*[:/](?:PLACEHOLDER|REPLACE_?ME|TODO|CHANGE_?ME|IMAGE(?:_TAG)?|TAG))$/;

function judgeImage(container: string, image: Image): Verdict {
  const { reference, tag } = image;
  if (reference === '') return notApplicable(`container ${container} names no image`);
  if (reference.startsWith(BUILT_LATER)) return pass(`ko replaces ${reference} by a digest`);
  if (isPlaceholder(reference)) return notApplicable(`${reference} is a placeholder; see placeholder-not-substituted`);
  if (STANDS_FOR_ANOTHER.test(reference)) {
    return cannotJudge(
      `${reference} stands for an image that something else puts in its place`,
      'judge what comes out of it, as of kustomize build or skaffold render',
      container,
    );
  }
  if (!isFloating(image)) return pass(`container ${container} runs ${reference}`);
  return violation({
    message: `image ${reference} has ${tag ? 'the tag latest' : 'no tag, which means latest'}: it may be another program tomorrow`,
    fix: `name a version or a digest, as in ${tag ? reference.slice(0, -tag.length - 1) : reference}:1.2.3`,
    container,
    field: 'image',
  });
}
