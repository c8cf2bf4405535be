import * as fs from 'node:fs';
import * as path from 'node:path';

/** From the top of the house to its ground floor: a room imports those below it, never one beside or above it. */
const FLOORS = [
  ['plugin'],
  ['cli', 'policy'],
  ['workloads', 'rehearsal'],
  ['synth'],
  ['report'],
  ['rules'],
  ['manifest'],
  ['termination'],
  ['runtimes', 'traffic', 'nodes', 'kubernetes'],
];
/** Small things that stand on no floor. */
const GROUND = ['fact', 'problem', 'remembered'];
/** Rooms that know cdk8s; the others take types from it at most. */
const KNOW_CDK8S = ['policy', 'workloads', 'synth'];
/** Rooms that run programs and read files. */
const KNOW_NODE = ['plugin', 'cli', 'rehearsal'];
/** Libraries that a room loads, which are bundled with the package. */
const LOADS: Readonly<Record<string, readonly string[]>> = { manifest: ['js-yaml'] };
const SRC = path.join(__dirname, '../src');

const files = fs
  .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file.includes(path.sep))
  .map((file) => ({ file, room: file.split(path.sep)[0] as string }));

function importsOf(file: string): readonly { readonly from: string; readonly typeOnly: boolean }[] {
  const text = fs.readFileSync(path.join(SRC, file), 'utf8');
  return [...text.matchAll(/^(?:import|export) (type )?[^'"`;]*? from '([^']+)';/gm)].map(([, type, from]) => ({
    from: from as string,
    typeOnly: type !== undefined,
  }));
}

const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));

test('every room has its floor', () => {
  expect([...new Set(files.map(({ room }) => room))].filter((room) => floorOf(room) < 0)).toEqual([]);
});

test('arrows point down only', () => {
  const wrong = files.flatMap(({ file, room }) =>
    importsOf(file)
      .filter(({ from }) => from.startsWith('.'))
      .map(
        ({ from }) =>
          path.relative(SRC, path.resolve(path.dirname(path.join(SRC, file)), from)).split(path.sep)[0] as string,
      )
      .filter((target) => target !== room && !GROUND.includes(target) && floorOf(target) <= floorOf(room))
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('only the rooms that may load cdk8s and cdk8s-plus load them', () => {
  const wrong = files
    .filter(({ room }) => !KNOW_CDK8S.includes(room))
    .flatMap(({ file, room }) =>
      importsOf(file)
        .filter(
          ({ from, typeOnly }) =>
            !from.startsWith('.') &&
            !typeOnly &&
            !(from.startsWith('node:') && KNOW_NODE.includes(room)) &&
            !LOADS[room]?.includes(from),
        )
        .map(({ from }) => `${file} loads ${from}`),
    );
  expect(wrong).toEqual([]);
});

test('no file has more than one idea, as far as its length tells', () => {
  const long = files.filter(({ file }) => fs.readFileSync(path.join(SRC, file), 'utf8').split('\n').length > 360);
  expect(long.map(({ file }) => file)).toEqual([]);
});
