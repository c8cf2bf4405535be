import { type RecognisedRuntime, type RuntimeFacts, runtimeOfMirror, runtimeOfReference, runtimes } from '../runtimes';
import type { Container } from './container';
import { startedBy } from './hooks/started-by';
import type { Image } from './image';

/** The server program of a container, as the manifest gives it away. */
export interface Recognised {
  readonly facts: RuntimeFacts;
  /** As major.minor.patch, where the tag of its own image says it. */
  readonly version?: string;
  /** What it was recognised by, for a message. */
  readonly recognisedBy: string;
  /** It counts even where an annotation names another. */
  readonly certain: boolean;
  /** The image is one that is known to be built for this program, or a mirror of it. */
  readonly ownImage: boolean;
}

/**
 * What runs is what the command starts, and without a command what the image is built for. Ports and variables say
 * nothing for certain: every server can listen on every port, and a variable stays when the server that read it is gone.
 */
export function recognisedRuntime(container: Container): Recognised | undefined {
  const { command, image } = container;
  const ofImage = runtimeIn(image);
  const ofCommand = runtimeStartedBy(container);
  if (ofCommand && ofCommand.facts !== ofImage?.facts) {
    return { ...ofCommand, certain: true, ownImage: false };
  }
  if (ofImage) {
    const { facts, version, recognisedBy } = ofImage;
    const certain = command === undefined || container.started.command.some((word) => word.includes(facts.id));
    return { facts, version, recognisedBy, certain, ownImage: true };
  }
  return undefined;
}

/** The runtime in a public image, or in its mirror: the same organisation and name in another registry. */
export function runtimeIn(image: Image): RecognisedRuntime | undefined {
  return runtimeOfReference(image) ?? runtimeOfMirror(image);
}

function runtimeStartedBy(container: Container): Pick<Recognised, 'facts' | 'recognisedBy'> | undefined {
  const { command } = container.started;
  if (command.length === 0) return undefined;
  let found: Command | undefined;
  for (const words of startedBy(command)) {
    const start = COMMANDS.find(({ pattern }) => begins(words, pattern));
    if (!start) continue;
    // Two servers in one container: which of them answers is not certain.
    if (found && found.facts !== start.facts) return undefined;
    found = start;
  }
  return found && { facts: found.facts, recognisedBy: `command ${found.pattern.join(' ')}` };
}

interface Command {
  readonly facts: RuntimeFacts;
  readonly pattern: readonly string[];
}

/** The longest first: what says more counts. */
const COMMANDS: readonly Command[] = runtimes
  .flatMap((facts) => (facts.commands?.value ?? []).map((text) => ({ facts, pattern: text.split(' ') })))
  .sort((one, other) => other.pattern.length - one.pattern.length);

/** `...` stands for any words. */
function begins(words: readonly string[], pattern: readonly string[]): boolean {
  let at = 0;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '...') {
      const next = pattern[i + 1];
      const found = next === undefined ? at : words.indexOf(next, at);
      if (found < 0) return false;
      at = found;
    } else if (words[at++] !== pattern[i]) {
      return false;
    }
  }
  return true;
}
