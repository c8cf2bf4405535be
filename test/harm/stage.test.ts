import { refusalOf } from '../../rehearsal/harm/stage';

const COMMAND = 'kubectl create --raw /api/v1/namespaces/a/pods/b/eviction -f -: ';

test.each([
  [429, "Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget."],
  [
    500,
    'Error from server: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  ],
  [500, 'Error from server (InternalError): an error'],
])('an eviction that is refused with %i', (status, answer) => {
  expect(refusalOf(COMMAND + answer)).toEqual({ granted: false, status, answer });
});

test('what is no refusal is a failure', () => {
  expect(() => refusalOf(`${COMMAND}Error from server (NotFound): pods "b" not found`)).toThrow('not found');
});
