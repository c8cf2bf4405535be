import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';

const GROUP_VERSION_KIND = 'x-kubernetes-group-version-kind';

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  [GROUP_VERSION_KIND]?: { group: string; version: string; kind: string }[];
}

interface Validators {
  readonly ajv: Ajv;
  /** From `apiVersion kind` to the address of the schema. */
  readonly addresses: Map<string, string>;
}

const loaded = new Map<string, Validators>();

/** Refuses unknown fields. The server's documents do not say it, because the server leaves it to the client's choice. */
function close(schema: Schema): void {
  if (schema.properties) {
    schema.additionalProperties ??= false;
    Object.values(schema.properties).forEach(close);
  }
  if (schema.items) close(schema.items);
  if (typeof schema.additionalProperties === 'object') close(schema.additionalProperties);
}

function load(minor: string): Validators {
  const document = JSON.parse(readFileSync(join(__dirname, `kubernetes-${minor}.json`), 'utf8'));
  // A keyword or a format that ajv does not know is an error: nothing that a newer server says passes unread.
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, keywords: [GROUP_VERSION_KIND] });
  ajv.addFormat('int32', { type: 'number', validate: (value) => value >= -(2 ** 31) && value < 2 ** 31 });
  ajv.addFormat('int64', { type: 'number', validate: (value) => Math.abs(value) <= Number.MAX_SAFE_INTEGER });
  ajv.addFormat('byte', /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/);

  const addresses = new Map<string, string>();
  for (const [name, schema] of Object.entries<Schema>(document.definitions)) {
    close(schema);
    for (const { group, version, kind } of schema[GROUP_VERSION_KIND] ?? []) {
      addresses.set(`${group ? `${group}/` : ''}${version} ${kind}`, `${minor}#/definitions/${name}`);
    }
  }
  ajv.addSchema(document, minor);
  return { ajv, addresses };
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  // `/` and `~` within a key are escaped in a JSON pointer, as in `metadata.annotations`.
  const keys = instancePath.split('/').slice(1);
  const path = keys.map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~')).join('.') || 'the object';
  if (params.additionalProperty !== undefined) return `${path}: unknown field ${params.additionalProperty}`;
  return `${path}: ${message}${params.allowedValues ? `: ${params.allowedValues.join(', ')}` : ''}`;
}

/**
 * What the schemas of that Kubernetes version have against the object, unknown fields included.
 * The server's code is stricter (quantities must parse, `preStop` needs an action) and laxer (`null` is no field),
 * and it silently drops a field whose feature gate is off, which the schemas know all the same.
 */
export function schemaErrors(minor: '1.34' | '1.36', object: unknown): string[] {
  const { apiVersion, kind } = (object ?? {}) as { apiVersion?: unknown; kind?: unknown };
  let validators = loaded.get(minor);
  if (!validators) {
    validators = load(minor);
    loaded.set(minor, validators);
  }
  const address = validators.addresses.get(`${apiVersion} ${kind}`);
  // ajv compiles at the first request and remembers.
  const validate = address && validators.ajv.getSchema(address);
  if (!validate) return [`The schemas of Kubernetes ${minor} here have no ${kind} of apiVersion ${apiVersion}.`];
  validate(object);
  return (validate.errors ?? []).map(sentence);
}
