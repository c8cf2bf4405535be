import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import * as execReadiness from '../../src/kubernetes/exec-readiness';
import * as gates from '../../src/kubernetes/gates';
import * as nodes from '../../src/nodes';
import * as runtimeRoom from '../../src/runtimes';
import type { Optional } from '../../src/runtimes/runtime';
import { compareVersions, parseVersion } from '../../src/runtimes/version';
import * as vllm from '../../src/runtimes/vllm';
import * as traffic from '../../src/traffic';

interface Found {
  readonly where: string;
  readonly fact: Readonly<Record<'value' | 'source' | 'date' | 'evidence', unknown>>;
}

function factsIn(value: unknown, where: string): readonly Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, child]) => factsIn(child, `${where}.${key}`));
  return 'evidence' in value ? [{ where, fact: value as Found['fact'] }, ...below] : below;
}

const found = [
  ...factsIn(runtimeRoom.runtimes, 'runtimes'),
  ...factsIn(['0.17.0', '0.18.0', '0.27.0'].map(vllm.uvicornLetsStreamsFinish), 'uvicornLetsStreamsFinish'),
  ...factsIn(traffic.trafficSources, 'trafficSources'),
  ...factsIn(nodes.nodeLifecycles, 'nodeLifecycles'),
  ...factsIn(vllm.firstWithMiddleware, 'firstWithMiddleware'),
  ...factsIn(gates.kubernetesGates, 'kubernetesGates'),
  ...factsIn(gates.kubernetesNotes, 'kubernetesNotes'),
  ...factsIn(execReadiness.execReadinessFacts, 'execReadinessFacts'),
  ...factsIn(execReadiness.execReadinessReleases, 'execReadinessReleases'),
];

describe('every fact', () => {
  test('is found', () => {
    expect(found.length).toBeGreaterThan(600);
  });

  test('names its original source', () => {
    const unsourced = found.filter(({ fact }) => typeof fact.source !== 'string' || fact.source.trim().length <= 10);
    expect(unsourced).toEqual([]);
  });

  test('names no file of this project or machine', () => {
    const local = found.filter(({ fact }) =>
      /\/work\/|\/tmp\/|facts\/|\.md fact|engines-measured|design\.md/.test(`${fact.source}`),
    );
    expect(local).toEqual([]);
  });

  test('has a month and a kind of evidence', () => {
    const undated = found.filter(({ fact }) => !/^20\d\d-(0[1-9]|1[0-2])$/.test(`${fact.date}`));
    expect(undated).toEqual([]);
    expect(new Set(found.map(({ fact }) => fact.evidence))).toEqual(new Set(['measured', 'read', 'unverified']));
  });

  test('that was measured says what was run', () => {
    const silent = found.filter(({ fact }) => fact.evidence === 'measured' && !`${fact.source}`.includes('run: '));
    expect(silent).toEqual([]);
  });
});

describe('every runtime', () => {
  test.each(runtimeRoom.runtimes.map((facts) => [facts.id, facts] as const))(
    '%s has its versions in order, the first without a bound',
    (_, { versions }) => {
      expect(versions[0].from).toBeUndefined();
      const boundaries = versions.slice(1).map(({ from }) => from ?? '');
      expect(boundaries.map(parseVersion)).toEqual(boundaries);
      expect([...boundaries].sort(compareVersions)).toEqual(boundaries);
    },
  );

  test.each(runtimeRoom.runtimes.map((facts) => [facts.id, facts] as const))(
    '%s names no image twice',
    (_, { images }) => {
      const names = images.value.map(({ repository, tagWord = '' }) => `${repository} ${tagWord}`);
      expect(new Set(names).size).toBe(names.length);
    },
  );
});

/** `Record` makes a new one break this file. */
const OPTIONAL: Readonly<Record<Optional, true>> = {
  port: true,
  bindAddress: true,
  readinessPath: true,
  livenessPath: true,
  whileLoading: true,
  tools: true,
  drainEndpoint: true,
  gauges: true,
  webSockets: true,
  endlessStreams: true,
  backgroundTasks: true,
};

describe('every runtime', () => {
  test.each(runtimeRoom.runtimes.map((facts) => [facts.id, facts] as const))(
    '%s states each item, or in a few words why it has none, and never both',
    (_, facts) => {
      const items = Object.keys(OPTIONAL) as Optional[];
      const said = items.map((item) => [facts[item], facts.without[item]].filter((fact) => fact !== undefined).length);
      expect(items.filter((_item, index) => said[index] !== 1)).toEqual([]);
    },
  );

  test.each(runtimeRoom.runtimes.map((facts) => [facts.id, facts] as const))(
    '%s names the setting of every bound, or where it stands',
    (_, { versions }) => {
      for (const { sigterm } of versions) {
        const { seconds = 0, setting, configuredBy } = sigterm.bound.value;
        expect(seconds === 0 || setting !== undefined || configuredBy !== undefined).toBe(true);
      }
    },
  );
});

describe('every number', () => {
  const rooms = ['runtimes', 'traffic', 'nodes', 'kubernetes'].map((room) => path.join(__dirname, '../../src', room));
  const files = rooms.flatMap((room) => fs.readdirSync(room).map((name) => path.join(room, name)));

  test.each(files.map((file) => [path.basename(file), file] as const))('in %s stands in a fact', (_, file) => {
    expect(
      numbersOutsideFacts(ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)),
    ).toEqual([]);
  });

  test.each([
    ['const port = 8080;', ['8080']],
    ["const facts = { port: read(8080, 'a page') };", []],
    ["const setting = { above: 30 } as const; const facts = { drain: read(setting, 'a page') };", []],
    [
      "const setting = { above: 30 } as const; const facts = { drain: read(setting, 'a page'), wait: setting.above };",
      ['30'],
    ],
    ['if (minor < 35) return facts;', ['35']],
    ['const first = match[3] ?? list.length - 1;', []],
  ])('%s', (text, expected) => {
    expect(numbersOutsideFacts(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true))).toEqual(expected);
  });
});

/** Numbers that no call of read, measured or unverified gives a source to; 0, 1 and places in a list say nothing of a server. */
function numbersOutsideFacts(file: ts.SourceFile): readonly string[] {
  const nodes = descendants(file);
  const inFact = (node: ts.Node): boolean =>
    ancestors(node).some(
      (above) => ts.isCallExpression(above) && /^(read|measured|unverified)$/.test(above.expression.getText()),
    );
  /** A constant that only facts use is as good as written into them. */
  const onlyInFacts = (declaration: ts.VariableDeclaration): boolean => {
    const uses = nodes.filter(
      (node) => ts.isIdentifier(node) && node.text === declaration.name.getText() && node !== declaration.name,
    );
    return uses.length > 0 && uses.every(inFact);
  };
  return nodes
    .filter(ts.isNumericLiteral)
    .filter((node) => Number(node.text) > 1 && !ts.isElementAccessExpression(node.parent))
    .filter((node) => !inFact(node))
    .filter((node) => !ancestors(node).some((above) => ts.isVariableDeclaration(above) && onlyInFacts(above)))
    .map((node) => node.text);
}

function descendants(node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    found.push(child, ...descendants(child));
  });
  return found;
}

function ancestors(node: ts.Node): readonly ts.Node[] {
  return node.parent ? [node.parent, ...ancestors(node.parent)] : [];
}
