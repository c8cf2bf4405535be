import { lintText } from '../../src/report/lint-text';
import { visible } from '../../src/report/visible';
import { brokenDocument, finding, report, textOf } from './reports';

test('what is wrong, where, the sum and the fix; acknowledged findings with their reason; what was looked at', () => {
  expect(textOf(lintText(report(undefined, [brokenDocument])))).toBe(`\
k8s/broken.yaml:3 cannot read: this is not valid YAML

k8s/orders.yaml:1 warning [pdb-missing] apps/v1 Deployment shop/orders: the grace is 20 s, the shutdown needs 45 s
  fix: raise it
k8s/orders.yaml:12 error [grace-shorter-than-shutdown] apps/v1 Deployment shop/orders: the grace is 20 s, the shutdown needs 45 s
  10 s + 30 s + 5 s = 45 s
  fix: raise it
k8s/orders.yaml:20 cannot-judge [runtime-unknown] apps/v1 Deployment shop/orders container main: the server is not known
  fix: state it with the annotation cdk8s-graceful/runtime or --runtime

Acknowledged
k8s/orders.yaml:30 [host-path-volume] apps/v1 Deployment shop/orders: the grace is 20 s, the shutdown needs 45 s
  because: a cache that may be lost

Stated once for all workloads: --runtime settles 1 of these.
'cdk8s-graceful rules RULE' says why a rule is there, and how to mend what it finds.
1 error, 1 warning, 1 cannot be judged, 1 acknowledged, 1 problem in the input in 2 files, 8 documents, 3 objects judged; not judged: 3 v1 Secret, 2 v1 ConfigMap; 1 file without Kubernetes objects
`);
});

test('nothing found is said, with what was looked at', () => {
  expect(textOf(lintText(report([])))).toBe(
    'no findings in 2 files, 8 documents, 3 objects judged; not judged: 3 v1 Secret, 2 v1 ConfigMap; 1 file without Kubernetes objects\n',
  );
});

test('an option settles what names it, and nothing that asks for the annotation alone', () => {
  const asking = (fix: string) => finding({ ...report().findings[2], fix });
  const text = textOf(
    lintText(
      report([
        asking('state it with the annotation cdk8s-graceful/kubernetes-version or --kubernetes'),
        asking('state the annotation cdk8s-graceful/runtime or --runtime, or cdk8s-graceful/sigterm'),
        asking('state it with the annotation cdk8s-graceful/kubernetes-version or --kubernetes.'),
        asking('state it with cdk8s-graceful/runtime-version'),
      ]),
    ),
  );
  expect(text).toContain('Stated once for all workloads: --kubernetes settles 2 of these, --runtime 1.\n');
});

test('what a manifest holds moves no cursor and begins no line', () => {
  const evil = finding({
    object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a\u001b[31m\nerror b\u202e\u009b' },
    file: 'a\rb.yaml',
  });
  const text = textOf(lintText(report([evil], [], ['a\rb.yaml'])));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(text).toContain(
    'a\\x0db.yaml:12 error [grace-shorter-than-shutdown] apps/v1 Deployment a\\x1b[31m\\nerror b\\u202e\\x9b',
  );
  expect(visible('été 漢字 🙂')).toBe('été 漢字 🙂');
});

test('colours set off the place, the severity and the outcome', () => {
  const text = textOf(lintText(report(), (style, words) => `<${style}>${words}</${style}>`));
  expect(text).toContain('<bold>k8s/orders.yaml:12</bold> <red>error</red> [grace');
  expect(text).toContain('<yellow>warning</yellow>');
  expect(text).toContain('<cyan>cannot-judge</cyan>');
  expect(text).toContain('<red>1 error, 1 warning');
  expect(textOf(lintText(report([]), (style, words) => `<${style}>${words}`))).toMatch(/^<green>no findings/);
});
