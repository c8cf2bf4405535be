/** An image reference taken apart. */
export interface ImageReference {
  /** With its registry and, on Docker Hub, its namespace: `nginx` is `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_ALIASES = new Set([DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io']);

export function parseImageReference(image: string): ImageReference {
  const [named, digest] = splitAt(image, image.indexOf('@'));
  const colon = named.lastIndexOf(':');
  // A colon before the last slash belongs to the registry's port.
  const [name, tag] = splitAt(named, colon > named.lastIndexOf('/') ? colon : -1);
  return { repository: fullRepository(name), tag, digest };
}

function splitAt(text: string, index: number): readonly [string, string | undefined] {
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function fullRepository(name: string): string {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  if (hasRegistry && !DOCKER_HUB_ALIASES.has(first)) return name;
  const path = hasRegistry ? name.slice(slash + 1) : name;
  return `${DOCKER_HUB}/${path.includes('/') ? '' : 'library/'}${path}`;
}
