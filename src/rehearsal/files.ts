import { isObject, type JsonObject, objectAt, objectsAt, textAt, textMapAt } from '../manifest/json';
import { Problem } from '../problem';
import { jsonObjectsIn } from './json-stream';
import type { Kubectl } from './kubectl';
import { labelsOf, MANAGED_BY_LABEL, RUN_LABEL } from './labels';

/** What is in the files, as kubectl reads them; nothing is made yet. */
export async function readFiles(
  kubectl: Kubectl,
  files: readonly string[],
  namespace: string | undefined,
): Promise<readonly JsonObject[]> {
  const where = namespace === undefined ? [] : ['-n', namespace];
  const from = files.flatMap((file) => ['-f', file]);
  const text = await kubectl.run(['create', ...where, '--dry-run=client', '-o', 'json', ...from]);
  const objects = jsonObjectsIn(text)
    .filter(isObject)
    .flatMap((object) => (object.kind === 'List' ? objectsAt(object, 'items') : [object]));
  const wide = objects.find((object) => textAt(object, 'metadata', 'namespace') === undefined);
  if (wide) {
    throw new Problem(
      `${textAt(wide, 'kind')} ${textAt(wide, 'metadata', 'name')} belongs to no namespace: a rehearsal makes only what ` +
        'does. Make it yourself first, and leave it out of the files',
    );
  }
  return objects;
}

/** The one Deployment that the files hold, or the one of them that was named. */
export function deploymentIn(objects: readonly JsonObject[], name: string | undefined): JsonObject {
  const deployments = objects.filter((object) => object.kind === 'Deployment');
  const names = deployments.map((each) => textAt(each, 'metadata', 'name') ?? '');
  if (deployments.length === 0) throw new Problem('the files hold no Deployment');
  if (name === undefined && deployments.length > 1) {
    throw new Problem(
      `the files hold several Deployments: say which, as in deployment/${names.join(' or deployment/')}`,
    );
  }
  const found = name === undefined ? deployments[0] : deployments[names.indexOf(name)];
  if (!found) throw new Problem(`the files hold no Deployment ${name}, but ${names.join(', ')}`);
  const namespaces = new Set(objects.map((object) => textAt(object, 'metadata', 'namespace')));
  if (namespaces.size > 1) {
    throw new Problem(
      `the files name several namespaces (${[...namespaces].join(', ')}): a rehearsal stays within one`,
    );
  }
  return found;
}

/** The same object under the labels of a rehearsal, by which it is removed; its pods carry them too. */
export function labelled(object: JsonObject, run: string): JsonObject {
  const marked = withLabels(object, labelsOf(run));
  const template = objectAt(object, 'spec', 'template');
  if (!template) return marked;
  // A selector may ask for the label that says who manages the pods.
  const selected = textMapAt(object, 'spec', 'selector', 'matchLabels')[MANAGED_BY_LABEL] !== undefined;
  const labels = selected ? { [RUN_LABEL]: run } : labelsOf(run);
  return { ...marked, spec: { ...objectAt(object, 'spec'), template: withLabels(template, labels) } };
}

function withLabels(object: JsonObject, labels: Record<string, string>): JsonObject {
  const metadata = objectAt(object, 'metadata');
  return { ...object, metadata: { ...metadata, labels: { ...textMapAt(metadata, 'labels'), ...labels } } };
}

/** As in `Deployment.v1.apps`, which names a kind without doubt; of the core group `Service` is enough. */
export function kindsOf(objects: readonly JsonObject[]): readonly string[] {
  const names = objects.map((object) => {
    const [group, version] = (textAt(object, 'apiVersion') ?? '').split('/');
    const kind = textAt(object, 'kind') ?? '';
    return version === undefined ? kind : `${kind}.${version}.${group}`;
  });
  return [...new Set(names)];
}
