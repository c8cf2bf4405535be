import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Input, type InputProblem, readInput } from '../manifest/input/read-input';
import type { SourceObject } from '../manifest/source-object';
import type { Progress } from './progress';
import type { Terminal } from './terminal';

/** What the text from standard input is called. */
export const STDIN = '<stdin>';

/** Everything that was read, of all files together: a Service of one bears on a workload of another. */
export interface Reading {
  readonly files: readonly string[];
  readonly objects: readonly SourceObject[];
  readonly problems: readonly InputProblem[];
  readonly unjudged: ReadonlyMap<string, number>;
  readonly documents: number;
  /** Files in folders that hold no Kubernetes object. */
  readonly otherFiles: number;
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** Folders that hold what others wrote, and Git's own. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** Reads files, folders with all that is below them, and `-`, standard input; each file once, however often it is named. */
export async function readPaths(
  paths: readonly string[],
  { stdin, cwd }: Pick<Terminal, 'stdin' | 'cwd'>,
  progress: Progress,
): Promise<Reading> {
  const finder = new FileFinder(cwd);
  const places = paths.map((path) => finder.find(path));
  const total = places.reduce((sum, { files }) => sum + files.length, 0);
  const reading = new PathReading(finder.problems);
  let number = 0;
  for (const { path, files, isFolder, met } of places) {
    const { otherFiles } = reading;
    for (const file of files) {
      progress.show(() => `reading ${++number} of ${total} files`);
      try {
        const before = reading.documents;
        const content = file === STDIN ? await contentOf(stdin) : readFileSync(resolve(cwd, file));
        if (isFolder && !mayHoldObjects(content)) reading.otherFiles++;
        else reading.add(file, readInput(file, content));
        // The program before the pipe may have failed, which nobody else would say.
        if (file === STDIN && reading.documents === before) reading.complain(file, 'nothing came on standard input');
      } catch (error) {
        reading.complain(file, `cannot be read: ${reasonOf(error)}`);
      }
    }
    // A run that looks into the wrong folder must not pass for a clean one.
    const others = reading.otherFiles - otherFiles;
    if (isFolder && (met === 0 || (others > 0 && others === files.length))) {
      reading.complain(path, 'no .yaml, .yml or .json file with Kubernetes objects is in this folder or below it');
    }
  }
  return reading;
}

class PathReading implements Reading {
  readonly files: string[] = [];
  readonly objects: SourceObject[] = [];
  readonly unjudged = new Map<string, number>();
  documents = 0;
  otherFiles = 0;

  constructor(readonly problems: InputProblem[]) {}

  add(file: string, input: Input): void {
    this.files.push(file);
    for (const object of input.objects) this.objects.push(object);
    for (const problem of input.problems) this.problems.push(problem);
    for (const [kind, count] of input.unjudged) this.unjudged.set(kind, (this.unjudged.get(kind) ?? 0) + count);
    this.documents += input.documents;
  }

  complain(file: string, message: string): void {
    this.problems.push({ file, message, severity: 'error' });
  }
}

/** Folders hold the YAML of other programs too, not all of which is YAML to everybody else. */
function mayHoldObjects(content: Buffer): boolean {
  const mark = content.length > 1 ? content.readUInt16LE(0) : 0;
  const isUtf16 = mark === 0xfeff || mark === 0xfffe; // the reader says what is wrong with it
  return isUtf16 || content.includes('apiVersion');
}

interface Place {
  readonly path: string;
  readonly isFolder: boolean;
  /** Those that no earlier place had. */
  readonly files: readonly string[];
  /** Manifests by their names, those of earlier places too. */
  readonly met: number;
}

class FileFinder {
  readonly problems: InputProblem[] = [];
  private files: string[] = [];
  private readonly seen = new Set<string>();
  private met = 0;

  constructor(private readonly cwd: string) {}

  /** A file that is named is read whatever it is called. */
  find(path: string): Place {
    this.files = [];
    this.met = 0;
    if (path === '-') {
      if (!this.seen.has(STDIN)) this.files.push(STDIN);
      this.seen.add(STDIN);
      return { path, files: this.files, isFolder: false, met: 1 };
    }
    const known = this.seen.size;
    const complaints = this.problems.length;
    this.visit(path, true);
    const isNew = this.seen.size > known && this.problems.length === complaints;
    return { path, files: this.files, isFolder: isNew && this.isFolder(path), met: this.met };
  }

  private isFolder(path: string): boolean {
    return statSync(resolve(this.cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  private visit(path: string, named: boolean): void {
    try {
      const full = resolve(this.cwd, path);
      const stats = statSync(full);
      if (!stats.isDirectory()) {
        // What a folder holds is read where it is a file; a pipe that is named may be the shell's <(...).
        if (!named && !(stats.isFile() && MANIFEST.test(path))) return;
        this.met++;
      }
      // By its real path: a link may lead back to a folder above it, and a file may be named twice.
      const real = stats.isFile() || stats.isDirectory() ? realpathSync(full) : full;
      if (this.seen.has(real)) return;
      this.seen.add(real);
      if (!stats.isDirectory()) this.files.push(path);
      else for (const entry of entriesOf(full)) this.visit(join(path, entry), false);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A dangling link in a folder that is no manifest is nobody's concern.
      if (!named && code === 'ENOENT' && !MANIFEST.test(path)) return;
      this.complain(path, code === 'ENOENT' ? 'there is no such file or folder' : `cannot be read: ${reasonOf(error)}`);
    }
  }

  private complain(file: string, message: string): void {
    this.problems.push({ file, message, severity: 'error' });
  }
}

/** In an order that no file system changes. */
function entriesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry: Dirent) => !SKIPPED.has(entry.name) && (!entry.isFile() || MANIFEST.test(entry.name)))
    .map((entry) => entry.name)
    .sort();
}

async function contentOf(stdin: Terminal['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENOENT: 'it is gone',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
