import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readPaths } from '../../src/cli/input';
import { Progress } from '../../src/cli/progress';
import { clean, folderOf } from './running';

const [object = '', ...others] = clean.split('\n---\n');
let folder: ReturnType<typeof folderOf>;

beforeEach(() => {
  folder = folderOf({
    'b.yaml': object,
    'a/c.YML': others[0] as string,
    'a/d.json': others[1] as string,
    'a/readme.md': object,
    'node_modules/x/e.yaml': object,
    'a/.git/f.yaml': object,
    'ci.yaml': 'steps: [!reference [a]]',
  });
});
afterEach(() => folder.remove());

async function read(...paths: string[]) {
  const written: string[] = [];
  const stderr: any = { isTTY: true, write: (text: string) => written.push(text) };
  const stdin = (async function* () {
    yield object;
  })();
  const reading = await readPaths(paths, { stdin, cwd: folder.path }, new Progress(stderr));
  const { files, problems, objects, otherFiles } = reading;
  return { files, problems, objects: objects.length, otherFiles, written };
}

const NOTHING = 'no .yaml, .yml or .json file with Kubernetes objects is in this folder or below it';

test('folders are read to their ends, in order, without what others put there', async () => {
  expect(await read('.')).toEqual({
    files: ['a/c.YML', 'a/d.json', 'b.yaml'],
    problems: [],
    objects: 3,
    otherFiles: 1,
    written: [],
  });
});

test('a file that is named is read whatever it is called, even where folders leave it out', async () => {
  expect((await read('a/readme.md', 'node_modules')).files).toEqual(['a/readme.md', 'node_modules/x/e.yaml']);
  expect((await read('ci.yaml')).problems).toHaveLength(1);
});

test('each is read once, however often it is named or linked to', async () => {
  symlinkSync('..', join(folder.path, 'a/back'));
  symlinkSync('../b.yaml', join(folder.path, 'a/b-again.yaml'));
  symlinkSync('nowhere', join(folder.path, 'a/dangling'));
  const { files, problems } = await read('b.yaml', './b.yaml', '.', 'a', folder.path, '-', '-');
  expect(files).toEqual(['b.yaml', 'a/c.YML', 'a/d.json', '<stdin>']);
  expect(problems).toEqual([]);
});

test('what is not there, leads nowhere or in a circle, or may not be read is said', async () => {
  symlinkSync('nowhere.yaml', join(folder.path, 'a/dangling.yaml'));
  symlinkSync('circle.yaml', join(folder.path, 'circle.yaml'));
  const { problems, files } = await read('nosuch', 'a', 'circle.yaml');
  expect(problems).toEqual([
    { file: 'nosuch', message: 'there is no such file or folder', severity: 'error' },
    { file: 'a/dangling.yaml', message: 'there is no such file or folder', severity: 'error' },
    { file: 'circle.yaml', message: 'cannot be read: its links lead in a circle', severity: 'error' },
  ]);
  expect(files).toEqual(['a/c.YML', 'a/d.json']);
  if (process.getuid?.() !== 0) {
    chmodSync(join(folder.path, 'b.yaml'), 0);
    expect((await read('b.yaml')).problems[0]?.message).toBe('cannot be read: permission denied');
  }
});

test('a folder with nothing to judge does not pass for a clean one', async () => {
  mkdirSync(join(folder.path, 'empty'));
  expect((await read('empty')).problems).toEqual([{ file: 'empty', message: NOTHING, severity: 'error' }]);
  const others = folderOf({ 'x/ci.yml': 'steps: []', 'x/package.json': '{}' });
  expect((await read(others.path)).problems).toEqual([{ file: others.path, message: NOTHING, severity: 'error' }]);
  others.remove();
});

test('UTF-16 is for the reader to refuse, not for the folder to leave out', async () => {
  const wide = folderOf({ 'a.yaml': Buffer.from(`\ufeff${object}`, 'utf16le') });
  const { files, otherFiles } = await read(wide.path);
  expect({ files: files.length, otherFiles }).toEqual({ files: 1, otherFiles: 0 });
  wide.remove();
});

test('progress is shown on a terminal once it takes long, and cleared', () => {
  jest.useFakeTimers();
  const texts: string[] = [];
  const on = (isTTY: boolean): any => ({ isTTY, write: (text: string) => texts.push(text) });
  const progress = new Progress(on(true));
  progress.show(() => 'early');
  jest.advanceTimersByTime(1500);
  progress.show(() => 'reading 5 of 9 files');
  progress.show(() => 'too soon after');
  progress.done();
  progress.done();
  const elsewhere = new Progress(on(false));
  jest.advanceTimersByTime(1500);
  elsewhere.show(() => 'nobody looks');
  elsewhere.done();
  jest.useRealTimers();
  expect(texts).toEqual(['\r\u001b[Kreading 5 of 9 files', '\r\u001b[K']);
});
