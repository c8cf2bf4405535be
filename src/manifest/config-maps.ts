import { isObject, type JsonObject, objectAt, objectsAt, textAt, textMapAt } from './json';

/** The texts of the ConfigMaps of one namespace, by name. */
export type ConfigMaps = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The variables of a container, as far as they were read. */
export interface Environment {
  /** By name; undefined as a value: it comes from a Secret, a field, or a ConfigMap that was not read. */
  readonly byName: ReadonlyMap<string, string | undefined>;
  /** Variables of any name may come from a Secret, or from a ConfigMap that was not read. */
  readonly mayHoldMore: boolean;
}

/**
 * As the kubelet makes it: `env` before `envFrom`, and what comes later before what came earlier.
 *
 * @see kubernetes/kubernetes pkg/kubelet/kubelet_pods.go v1.36.2, makeEnvironmentVariables
 */
export function environmentOf(container: JsonObject, configMaps: ConfigMaps | undefined): Environment {
  const byName = new Map<string, string | undefined>();
  let mayHoldMore = false;
  for (const source of objectsAt(container, 'envFrom')) {
    const data = dataOf(configMaps, textAt(source, 'configMapRef', 'name'));
    if (!data) mayHoldMore = true;
    const prefix = textAt(source, 'prefix') ?? '';
    for (const key in data) byName.set(prefix + key, data[key]);
  }
  for (const entry of objectsAt(container, 'env')) {
    const reference = objectAt(entry, 'valueFrom', 'configMapKeyRef');
    const text = reference
      ? textOf(dataOf(configMaps, textAt(reference, 'name')), textAt(reference, 'key'))
      : expanded(textAt(entry, 'value'), byName);
    byName.set(textAt(entry, 'name') ?? '', text);
  }
  return { byName, mayHoldMore };
}

/** `$(NAME)` of a variable that was defined before; undefined where its text is not known. */
function expanded(text: string | undefined, before: ReadonlyMap<string, string | undefined>): string | undefined {
  if (!text?.includes('$(')) return text;
  const whole = withVariables(text, before);
  return hasReference(whole) ? undefined : whole;
}

/** A text of the command line with `$(NAME)` replaced by what is known of the variables; `$$(NAME)` is no reference. */
export function withVariables(text: string, variables: ReadonlyMap<string, string | undefined>): string {
  if (!text.includes('$(')) return text;
  return text.replace(/(?<!\$)\$\(([\w.-]+)\)/g, (reference, name: string) => variables.get(name) ?? reference);
}

/** Something is left in it that is known only in the container. */
export function hasReference(text: string): boolean {
  return /(?<!\$)\$\([\w.-]+\)/.test(text);
}

/**
 * The text of a file that a volume of ConfigMaps holds.
 *
 * @param path within the volume
 */
export function fileOf(
  volumes: readonly JsonObject[],
  configMaps: ConfigMaps,
  volume: string,
  path: string,
): string | undefined {
  const found = volumes.find((each) => textAt(each, 'name') === volume);
  if (!found) return undefined;
  const sources = [found, ...objectsAt(found, 'projected', 'sources')];
  for (const source of sources) {
    const configMap = objectAt(source, 'configMap');
    // A projected source has `name`, a volume of its own too.
    const data = configMap && dataOf(configMaps, textAt(configMap, 'name'));
    if (!data) continue;
    const items = objectsAt(configMap, 'items');
    const key =
      items.length === 0
        ? path
        : textAt(
            items.find((item) => item.path === path),
            'key',
          );
    const text = textOf(data, key);
    if (text !== undefined) return text;
  }
  return undefined;
}

function textOf(data: Readonly<Record<string, string>> | undefined, key: string | undefined): string | undefined {
  return data && key !== undefined && Object.hasOwn(data, key) ? data[key] : undefined;
}

function dataOf(configMaps: ConfigMaps | undefined, name: string | undefined) {
  return name === undefined ? undefined : configMaps?.get(name);
}

/** The texts of ConfigMaps by namespace and name. Of two with one name nobody can tell which counts, so neither does. */
export function configMapsByNamespace(
  objects: readonly { readonly json: JsonObject; readonly namespace: string; readonly name: string }[],
): ReadonlyMap<string, ConfigMaps> {
  const all = new Map<string, Map<string, Readonly<Record<string, string>>>>();
  const twice: (readonly [string, string])[] = [];
  for (const { json, namespace, name } of objects) {
    const within = all.get(namespace) ?? new Map<string, Readonly<Record<string, string>>>();
    all.set(namespace, within);
    if (within.has(name)) twice.push([namespace, name]);
    within.set(name, isObject(json.data) ? textMapAt(json, 'data') : {});
  }
  for (const [namespace, name] of twice) all.get(namespace)?.delete(name);
  return all;
}
