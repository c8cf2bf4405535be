import { COMPANION_KINDS, isKubernetesObject } from '../fleet';
import { isObject, type JsonObject, listAt, textAt } from '../json';
import type { SourceObject } from '../source-object';
import { kindText, templatesOf, workloadKind } from '../workload-kinds';
import { decode, MOST_BYTES } from './decode';
import { type DocumentText, documentsIn, linesIn } from './documents';
import { type Fault, hiddenNumbers, lacking, mayHideNumbers, misshapen } from './faults';
import { Places } from './places';
import { Mappings, parseYaml } from './yaml';

/** Something about a file that keeps a part of it from being judged as it was meant. */
export interface InputProblem {
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  readonly message: string;
  /** `error`: a part of the file is not judged, or not as it stands; `note`: somebody may have meant it so. */
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
  if (content.length > MOST_BYTES) {
    reader.problem('error', undefined, `the file is larger than ${MOST_BYTES / 1e6} MB: split it`);
    return reader;
  }
  const { text, isBroken, note } = decode(content);
  if (note) reader.problem('note', 1, note);
  const mayConflict = text.includes('<<<<<<<') || text.includes('>>>>>>>');
  for (const document of documentsIn(text)) {
    reader.documents++;
    if (!(isBroken && reader.isBroken(document)) && !(mayConflict && reader.isConflict(document)))
      reader.read(document);
  }
  return reader;
}

class Reader implements Input {
  readonly objects: SourceObject[] = [];
  readonly problems: InputProblem[] = [];
  readonly unjudged = new Map<string, number>();
  documents = 0;
  private readonly mappings = new Mappings();

  constructor(private readonly file: string) {}

  problem(severity: InputProblem['severity'], line: number | undefined, message: string): void {
    this.problems.push({ file: this.file, line, message, severity });
  }

  isBroken({ text, line }: DocumentText): boolean {
    const at = text.indexOf('\ufffd');
    if (at >= 0) this.problem('error', lineAt(text, line, at), 'this is not UTF-8: save the file as UTF-8');
    return at >= 0;
  }

  isConflict({ text, line }: DocumentText): boolean {
    const at = text.search(/^(?:<{7}|>{7})(?:[ \r]|$)/m);
    if (at >= 0) this.problem('error', lineAt(text, line, at), 'a merge conflict is not resolved here');
    return at >= 0;
  }

  read({ text, line }: DocumentText): void {
    const { file, mappings } = this;
    const first = mappings.length;
    let parsed = parseYaml(text, mappings);
    if ('reason' in parsed && parsed.reason === 'duplicated mapping key') {
      this.problem(
        'error',
        line + parsed.line,
        'the key of this line stands twice in its mapping: the last one counts',
      );
      mappings.truncate(first);
      parsed = parseYaml(text, mappings, true);
    }
    if ('reason' in parsed) {
      const isTemplate = text.includes('{{');
      this.problem(
        'error',
        // What ends too early is noticed only after its last line.
        line + Math.min(parsed.line, linesIn(text.trimEnd())),
        isTemplate
          ? 'this is a template ({{ }}), not YAML: judge what helm template makes of it'
          : `this is not valid YAML: ${parsed.reason}`,
      );
      mappings.truncate(first);
      return;
    }
    const known = this.objects.length;
    const places = new Places({ file, text, line, mappings }, first);
    this.take(parsed.value, places, mayHideNumbers(text), 'note');
    if (this.objects.length === known) mappings.truncate(first);
  }

  /** @param otherwise how grave it is if the value is no Kubernetes object: other YAML may lie beside, but not in a List */
  private take(value: unknown, places: Places, mayHide: boolean, otherwise: InputProblem['severity']): void {
    if (isObject(value) && Array.isArray(value.items) && textAt(value, 'kind')?.endsWith('List')) {
      for (const item of listAt(value, 'items')) {
        if (places.isNew(item)) this.take(itemOf(value, item), places, mayHide, 'error');
      }
      return;
    }
    if (!isKubernetesObject(value)) {
      this.problem(otherwise, places.lineOf(value), `this is not a Kubernetes object: ${whyNot(value)}`);
      return;
    }
    const text = kindText(value);
    const kind = workloadKind(text);
    if (!COMPANION_KINDS.has(text) && !kind) {
      this.unjudged.set(text, (this.unjudged.get(text) ?? 0) + 1);
      return;
    }
    const object = places.locate(value);
    const fault = misshapen(value, kind);
    if (fault) {
      this.fault('error', object, fault);
      return;
    }
    if (kind && (templatesOf(kind, value).length === 0 || lacking(value, kind))) {
      const lacks = lacking(value, kind) ?? 'a pod template';
      const message = `${kind.name} ${textAt(value, 'metadata', 'name') ?? '(no name)'} has no ${lacks.replace('a ', '')}: it is not judged; if it is a patch, judge what kustomize build makes of it`;
      this.problem('note', object.line, message);
      this.unjudged.set(text, (this.unjudged.get(text) ?? 0) + 1);
      return;
    }
    if (mayHide) for (const hidden of hiddenNumbers(value)) this.fault('note', object, hidden);
    this.objects.push(object);
  }

  private fault(severity: InputProblem['severity'], object: SourceObject, { path, message }: Fault): void {
    this.problem(severity, object.lineOf?.(path) ?? object.line, message);
  }
}

/** In a list of one kind, such as a DeploymentList, the items do not name it. */
function itemOf(list: JsonObject, item: unknown): unknown {
  const kind = textAt(list, 'kind')?.slice(0, -'List'.length);
  if (!isObject(item) || item.kind !== undefined || item.apiVersion !== undefined || !kind) return item;
  return Object.assign(item, { apiVersion: list.apiVersion, kind });
}

function whyNot(value: unknown): string {
  if (value === null || value === undefined) return 'it is null';
  if (Array.isArray(value)) return 'it is a list';
  if (!isObject(value)) return `it is a ${typeof value}`;
  const lacks = ['apiVersion', 'kind'].filter((key) => typeof value[key] !== 'string');
  return `it has no ${lacks.join(' and no ')}`;
}

function lineAt(text: string, line: number, offset: number): number {
  return line + linesIn(text.slice(0, offset));
}
