import { INSTANT, isShell } from './hooks/programs';
import type { Image } from './image';
import { intentKey } from './intent';
import { runtimeIn } from './recognition';

/** What is known of the programs in an image. */
export interface Programs {
  readonly knownBy: string;
  knows(tool: string): boolean;
  lacks(tool: string): boolean;
}

/**
 * @param stated the programs that the team says the image has
 * @param key the annotation in which it says so
 */
export function programsIn(
  image: Image,
  stated: readonly string[] | undefined,
  key = intentKey('imageTools'),
): Programs | undefined {
  if (stated) {
    const knownBy = `annotation ${key}`;
    return stated.length === 0 ? allBut([], knownBy) : ofList(stated, knownBy);
  }
  const recognised = runtimeIn(image);
  const tools = recognised && (recognised.image.tools ?? recognised.facts.tools?.value);
  if (tools) return ofList([...tools, recognised.facts.id], recognised.recognisedBy);
  if (!isBare(image)) return undefined;
  return allBut(image.repository.includes('python') ? ['python3', 'python'] : [], 'its name');
}

const LISTED: ReadonlySet<string> = new Set(['sh', 'sleep', 'touch', 'rm', 'date', 'curl', 'wget', 'python3']);
const OTHERS: ReadonlySet<string> = new Set(['busybox', 'timeout', 'nc', 'python']);

/** A list of the programs that hooks often need: of any other program it says something only where it names it. */
function ofList(tools: readonly string[], knownBy: string): Programs {
  return {
    knownBy,
    knows: (tool) => LISTED.has(tool) || tools.includes(tool),
    lacks: (tool) => LISTED.has(tool) && !tools.includes(tool),
  };
}

/** Of the usual programs there are these only. One of another name is the application's own, which nobody lists. */
function allBut(tools: readonly string[], knownBy: string): Programs {
  const usual = (tool: string) => LISTED.has(tool) || OTHERS.has(tool) || INSTANT.has(tool) || isShell(tool);
  return { knownBy, knows: () => true, lacks: (tool) => usual(tool) && !tools.includes(tool) };
}

const WITH_SHELL: ReadonlySet<string> = new Set(['bash', 'busybox', 'wolfi-base', 'chainguard-base']);

/** An image that holds its program and no shell, as its own name says. */
function isBare({ repository, tag = '' }: Image): boolean {
  if (repository.includes('distroless') || tag.includes('distroless')) return !tag.includes('debug');
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  if (/^(cgr\.dev|docker\.io)\/chainguard\//.test(repository)) return !tag.includes('dev') && !WITH_SHELL.has(last);
  return last === 'scratch';
}
