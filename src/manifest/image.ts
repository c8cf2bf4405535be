import { type ImageReference, parseImageReference } from '../runtimes/image-reference';

/** The image of a container: as written, and taken apart. */
export interface Image extends ImageReference {
  readonly reference: string;
}

export function imageOf(reference: string): Image {
  const { repository, tag, digest } = parseImageReference(reference);
  return { reference, repository, tag, digest };
}

/** Whether the same reference may name another image tomorrow: tag `latest` or none, and no digest. */
export function isFloating(image: Image): boolean {
  return image.digest === undefined && (image.tag === undefined || image.tag === '' || image.tag === 'latest');
}
