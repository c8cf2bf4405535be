import fc from 'fast-check';
import { dump } from 'js-yaml';
import { manifests } from './manifests';

type Path = readonly string[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

const PATHS = manifests.map((manifest) => pathsOf(manifest).slice(1));

const PLACEHOLDER = ['$', '{REPLICAS}'].join('');

/** Values that stand in real files where something else should. */
const ODD: readonly unknown[] = [
  ...[null, true, '', ' ', '3', '25%', '250%', '-1', '1e400', PLACEHOLDER, '{{ .Values.x }}', '$(COUNT)', 'Always'],
  ...[0, -1, 1.5, 2147483647, 2147483648, 1e16, 1e20, 1e308, Number.NaN, Number.POSITIVE_INFINITY],
  ...[
    [],
    {},
    [null],
    [[]],
    [{}],
    [''],
    { '': '' },
    'constructor',
    '__proto__',
    'toString',
    'sleep infinity',
    'é\u2028',
  ],
  ...['1'.repeat(400), 'sh -c "sleep', '/bin/sh', ['sh', '-c', 'while :; do sleep 1; done'], 'Recreate', 'None'],
];

type Change =
  | { readonly op: 'delete' }
  | { readonly op: 'replace'; readonly value: unknown }
  | { readonly op: 'copy'; readonly from: Path };

const change = (paths: readonly Path[]): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.record({ op: fc.constant('delete' as const) }),
    fc.record({ op: fc.constant('replace' as const), value: fc.oneof(fc.constantFrom(...ODD), fc.jsonValue()) }),
    fc.record({ op: fc.constant('copy' as const), from: fc.constantFrom(...paths) }),
  );

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<any>((value, key) => (Object.hasOwn(value ?? {}, key) ? value[key] : undefined), root);
}

function changed(root: unknown, path: Path, what: Change): void {
  const parent = valueAt(root, path.slice(0, -1)) as any;
  const key = path[path.length - 1] as string;
  if (typeof parent !== 'object' || parent === null) return;
  if (what.op === 'delete') delete parent[key];
  else parent[key] = structuredClone(what.op === 'replace' ? what.value : valueAt(root, what.from));
}

/** One manifest with some of its fields deleted, replaced, or a copy of others. */
const manifestText = fc.nat(manifests.length - 1).chain((index) => {
  const paths = PATHS[index] as readonly Path[];
  return fc
    .tuple(
      fc.array(fc.record({ path: fc.constantFrom(...paths), what: change(paths) }), { maxLength: 4 }),
      fc.constantFrom('block', 'flow', 'json'),
    )
    .map(([changes, style]) => {
      const root = structuredClone(manifests[index]) as object;
      for (const { path, what } of changes) changed(root, path, what);
      if (style === 'json') return JSON.stringify(root, null, 1);
      return dump(root, { flowLevel: style === 'flow' ? 2 : -1, noRefs: true, skipInvalid: true });
    });
});

const INSERTS: readonly string[] = [
  ...[
    '\t',
    '\r',
    '\n',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '#',
    '|\n',
    '>-\n',
    '? ',
    '%YAML 1.2\n',
    '\ufeff',
    '\0',
  ],
  ...[
    '\n---\n',
    '\n...\n',
    '<<: *a\n',
    '&a ',
    '*a',
    '!!binary ',
    '!x ',
    '<<<<<<< HEAD\n',
    '>>>>>>> x\n',
    '{{- if x }}\n',
  ],
  ...[PLACEHOLDER, '\n<<<<<<< HEAD\n', '{{ x }}', '\u2028', '\ud800', 'kind: List\n', 'items:\n- *a\n', '\r\n', '  '],
];

type Edit = (text: string) => string;

const at = (text: string, share: number) => Math.floor(share * text.length);

/** An edit as a slip of the hand or a tool would make it. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...INSERTS)).map(
    ([share, insert]): Edit =>
      (text) =>
        text.slice(0, at(text, share)) + insert + text.slice(at(text, share)),
  ),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40)).map(
    ([share, length]): Edit =>
      (text) =>
        text.slice(0, at(text, share)) + text.slice(at(text, share) + length),
  ),
  fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom('twice', 'gone', 'indented')).map(
    ([share, what]): Edit =>
      (text) => {
        const lines = text.split('\n');
        const index = Math.floor(share * lines.length);
        const line = lines[index] ?? '';
        lines.splice(index, 1, ...(what === 'twice' ? [line, line] : what === 'gone' ? [] : [`  ${line}`]));
        return lines.join('\n');
      },
  ),
  fc.constant<Edit>((text) => text.replaceAll('\n', '\r\n')),
);

/** A file of a few manifests, their fields and its text changed. */
export const files: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(manifestText, { minLength: 1, maxLength: 4 }),
    fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(edit, { maxLength: 3 }) }),
  )
  .map(([texts, edits]) => edits.reduce((text, change) => change(text), texts.join('\n---\n')));
