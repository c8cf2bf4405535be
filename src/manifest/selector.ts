import { type JsonObject, objectAt, objectsAt, textAt, textsAt } from './json';

export type Labels = Readonly<Record<string, string>>;

/**
 * Whether a LabelSelector (matchLabels and matchExpressions) selects these labels.
 * An absent selector selects nothing, an empty one everything, as the policy/v1 and apps/v1 controllers take it.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selects(selector: JsonObject | undefined, labels: Labels): boolean {
  if (!selector) return false;
  const wanted = objectAt(selector, 'matchLabels');
  for (const key in wanted) {
    // Not textMapAt: a number that lost its quotes must not turn a selector of one label into one of everything.
    if (labels[key] !== wanted[key]) return false;
  }
  return objectsAt(selector, 'matchExpressions').every((expression) => expressionHolds(expression, labels));
}

/** Whether a Service's selector (a plain map) selects these labels; an empty or absent one selects no pod. */
export function serviceSelects(selector: Labels, labels: Labels): boolean {
  let some = false;
  for (const key in selector) {
    if (labels[key] !== selector[key]) return false;
    some = true;
  }
  return some;
}

function expressionHolds(expression: JsonObject, labels: Labels): boolean {
  const key = textAt(expression, 'key') ?? '';
  const values = textsAt(expression, 'values') ?? [];
  const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (textAt(expression, 'operator')) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}
