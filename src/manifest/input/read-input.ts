import { COMPANION_KINDS, isKubernetesObject } from '../fleet';
import { isObject, type JsonObject, listAt, textAt } from '../json';
import type { SourceObject } from '../source-object';
import { kindText, templatesOf, workloadKind } from '../workload-kinds';
import { type DocumentText, documentsIn } from './documents';
import { LocatedObject, type ReadDocument } from './located-object';
import { parseYaml } from './yaml';

/** Something about a file that keeps a part of it from being judged as it was meant. */
export interface InputProblem {
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  readonly message: string;
  /** `error`: a document could not be read; `note`: it could, but not all that it says. */
  readonly severity: 'error' | 'note';
}

/** What was read of one file. */
export interface Input {
  /** Workloads and what bears on them. */
  readonly objects: readonly SourceObject[];
  readonly problems: readonly InputProblem[];
  /** How many objects of each kind no rule looks at, by `apiVersion kind`. */
  readonly unjudged: ReadonlyMap<string, number>;
  /** Documents with any content. */
  readonly documents: number;
}

/**
 * Reads one file of Kubernetes objects: YAML of any number of documents, or JSON. A document that cannot be read is a
 * problem of its own, and the others are read all the same.
 */
export function readInput(file: string, content: Uint8Array | string): Input {
  const reader = new Reader(file);
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  for (const document of documentsIn(text.startsWith('\ufeff') ? text.slice(1) : text)) reader.read(document);
  return reader;
}

class Reader implements Input {
  readonly objects: SourceObject[] = [];
  readonly problems: InputProblem[] = [];
  readonly unjudged = new Map<string, number>();
  documents = 0;

  constructor(private readonly file: string) {}

  read({ text, line }: DocumentText): void {
    this.documents++;
    const parsed = parseYaml(text);
    if ('reason' in parsed) {
      this.problem('error', line + parsed.line, `this is not valid YAML: ${parsed.reason}`);
      return;
    }
    const document: ReadDocument = { file: this.file, text, line, parsed };
    this.take(parsed.value, new Places(document), line);
  }

  private take(value: unknown, places: Places, line: number): void {
    if (!isKubernetesObject(value)) {
      const what = isObject(value) ? 'it has no apiVersion and kind' : 'it is no mapping';
      this.problem('note', line, `this is not a Kubernetes object: ${what}`);
      return;
    }
    if (textAt(value, 'kind')?.endsWith('List') && Array.isArray(value.items)) {
      for (const item of listAt(value, 'items')) this.take(item, places, line);
      return;
    }
    const kind = kindText(value);
    const workload = workloadKind(kind);
    if (COMPANION_KINDS.has(kind) || (workload && templatesOf(workload, value).length > 0)) {
      this.objects.push(places.locate(value));
    } else {
      this.unjudged.set(kind, (this.unjudged.get(kind) ?? 0) + 1);
    }
  }

  private problem(severity: InputProblem['severity'], line: number, message: string): void {
    this.problems.push({ file: this.file, line, message, severity });
  }
}

/** Finds the objects of one document in its text, one after the other. */
class Places {
  private next = 0;
  private mark: { readonly line: number; readonly offset: number };

  constructor(private readonly document: ReadDocument) {
    this.mark = { line: document.line, offset: 0 };
  }

  locate(json: JsonObject): SourceObject {
    const { nodes } = this.document.parsed;
    const first = this.next;
    let last = first;
    while (last < nodes.length - 1 && nodes[last] !== json) last++;
    const object = new LocatedObject(json, this.document, first, last, this.mark);
    this.next = last + 1;
    this.mark = object.mark;
    return object;
  }
}
