// prune.mjs FOLDER VERSION DOCUMENT...: keeps what validates the kinds below and writes it as one JSON Schema.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KINDS = [
  { group: '', version: 'v1', kind: 'ConfigMap' },
  { group: '', version: 'v1', kind: 'Service' },
  { group: '', version: 'v1', kind: 'ServiceAccount' },
  { group: 'apps', version: 'v1', kind: 'Deployment' },
  { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' },
  { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' },
];
const GROUP_VERSION_KIND = 'x-kubernetes-group-version-kind';
// Only what is known to refuse nothing is dropped. Any other keyword stays, and ajv says so if it does not know it.
const NOISE = /^(description|default|x-kubernetes-(group-version-kind|list-.*|map-type|patch-.*|unions))$/;

const [folder, versionFile, ...documentFiles] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { major, minor, gitVersion } = read(versionFile);
const schemas = Object.assign({}, ...documentFiles.map((file) => read(file).components.schemas));

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

/** The schema without noise, and without the wrappers that OpenAPI needs around $ref and around two types. */
function simplify(schema) {
  if (typeof schema !== 'object') return schema;
  const { allOf, oneOf, ...rest } = Object.fromEntries(Object.entries(schema).filter(([key]) => !NOISE.test(key)));
  if (allOf) {
    // Of several parts, each would refuse the others' fields as unknown.
    if (allOf.length !== 1 || Object.keys(rest).length > 0) throw new Error(`cannot merge ${JSON.stringify(schema)}`);
    return simplify(allOf[0]);
  }
  if (oneOf) {
    if (oneOf.some((one) => Object.keys(one).join() !== 'type'))
      throw new Error(`not types: ${JSON.stringify(schema)}`);
    rest.type = oneOf.map((one) => one.type);
    if (rest.format === 'int-or-string') delete rest.format;
  }
  if (rest.$ref) rest.$ref = rest.$ref.replace('#/components/schemas/', '#/definitions/');
  if (rest.items) rest.items = simplify(rest.items);
  if (rest.additionalProperties) rest.additionalProperties = simplify(rest.additionalProperties);
  if (rest.properties) rest.properties = mapValues(rest.properties, simplify);
  return rest;
}

const definitions = {};
function keep(name) {
  if (definitions[name]) return;
  if (!schemas[name]) throw new Error(`no document has ${name}`);
  definitions[name] = simplify(schemas[name]);
  for (const [, next] of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) keep(next);
}

for (const wanted of KINDS) {
  const isWanted = (gvk) => Object.keys(wanted).every((key) => gvk[key] === wanted[key]);
  const name = Object.keys(schemas).find((key) => schemas[key][GROUP_VERSION_KIND]?.some(isWanted));
  if (!name) throw new Error(`no document has ${JSON.stringify(wanted)}`);
  keep(name);
  definitions[name][GROUP_VERSION_KIND] = [wanted];
}

const sorted = (value) => {
  if (Array.isArray(value) || typeof value !== 'object') return value;
  return mapValues(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))), sorted);
};

/** JSON as the formatter of this repository writes it: on one line whatever fits in 120 columns. */
function print(value, column = 0, indent = '') {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const [open, close, space] = Array.isArray(value) ? ['[', ']', ''] : ['{', '}', ' '];
  const parts = (inner) =>
    Array.isArray(value)
      ? value.map((item) => print(item, inner.length, inner))
      : Object.entries(value).map(([key, item]) => {
          const name = `${JSON.stringify(key)}: `;
          return name + print(item, inner.length + name.length, inner);
        });
  const short = parts('').join(', ');
  if (!short) return open + close;
  const line = `${open}${space}${short}${space}${close}`;
  // Less than 120: a comma may follow.
  if (!line.includes('\n') && column + line.length < 120) return line;
  const inner = `${indent}  `;
  return `${open}\n${inner}${parts(inner).join(`,\n${inner}`)}\n${indent}${close}`;
}

const file = `kubernetes-${major}.${Number.parseInt(minor, 10)}.json`;
const comment = `What the API server of Kubernetes ${gitVersion} says about itself. Written by refresh.sh.`;
writeFileSync(join(folder, file), `${print({ $comment: comment, definitions: sorted(definitions) })}\n`);
