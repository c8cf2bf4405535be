import * as path from 'node:path';
import { GracefulValidation } from '../../src/plugin';
import type { ValidationViolation } from '../../src/plugin/validation-context';
import { clean, folderOf, short } from '../cli/running';
import { thrownBy } from '../synth/apps';

let stderr: jest.SpyInstance;
beforeEach(() => {
  stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => jest.restoreAllMocks());

/** Holds the plugin to what cdk8s-cli demands: a report that is submitted once, after its violations. */
async function validated(files: Readonly<Record<string, string>>, properties?: Readonly<Record<string, unknown>>) {
  const folder = folderOf(files);
  const violations: ValidationViolation[] = [];
  const submitted: [string, unknown][] = [];
  await new GracefulValidation(properties).validate({
    manifests: Object.keys(files).map((file) => path.join(folder.path, file)),
    report: {
      addViolation(violation) {
        if (submitted.length > 0) throw new Error('Violations cannot be added to report after its submitted');
        violations.push(violation);
      },
      submit: (status, metadata) => void submitted.push([status, metadata]),
    },
  });
  folder.remove();
  expect(submitted).toHaveLength(1);
  const [[status, metadata]] = submitted as [[string, unknown]];
  return { violations, status, metadata, folder: folder.path };
}

test('nothing found is a success', async () => {
  const { violations, status, metadata } = await validated({ 'a.yaml': clean });
  expect([violations, status]).toEqual([[], 'success']);
  expect(metadata).toEqual({ Findings: 'no findings', Input: '1 file, 3 documents, 3 objects judged' });
  expect(stderr).not.toHaveBeenCalled();
});

test('an app without manifests is a success', async () => {
  expect((await validated({})).status).toBe('success');
});

test('an error is a violation with its object, place, sum and fix', async () => {
  const { violations, status, folder } = await validated({ 'a.yaml': short }, { rule: 'grace-shorter-than-shutdown' });
  expect(status).toBe('failure');
  expect(violations).toEqual([
    {
      ruleName: 'grace-shorter-than-shutdown',
      recommendation: expect.stringMatching(
        /^apps\/v1 Deployment shop\/orders: .* 20 s.*\n.* = 45 s\n.*rules\.md#grace-shorter-than-shutdown$/,
      ),
      fix: expect.stringContaining('raise terminationGracePeriod to 45 s'),
      violatingResources: [
        {
          resourceName: 'orders',
          manifestPath: `${folder}/a.yaml`,
          locations: ['line 1: spec.template.spec.terminationGracePeriodSeconds'],
        },
      ],
    },
  ]);
});

test('the files are judged together', async () => {
  const [deployment = '', ...others] = clean.split('\n---\n');
  const { status } = await validated({ 'deployment.yaml': deployment, 'others.yaml': others.join('\n---\n') });
  expect(status).toBe('success');
});

test('what is less grave than the severity is printed, and fails nothing', async () => {
  const files = { 'a.yaml': clean.replace('"cdk8s-graceful/longest-request":"30s",', '') };
  const lenient = await validated(files);
  expect([lenient.violations, lenient.status]).toEqual([[], 'success']);
  expect(stderr.mock.calls.join('')).toMatch(/^warning: \[/);
  stderr.mockClear();
  const strict = await validated(files, { severity: 'cannot-judge' });
  expect(strict.status).toBe('failure');
  expect(stderr).not.toHaveBeenCalled();
  expect((await validated(files, { severity: 'cannot-judge', 'longest-request': '30s' })).status).toBe('success');
});

test('what cannot be read is a violation', async () => {
  const { violations, status } = await validated({ 'a.yaml': `${clean}\n---\na: b: c\n` });
  expect(status).toBe('failure');
  const locations = [expect.stringMatching(/^line \d+$/)];
  expect(violations).toMatchObject([{ ruleName: 'unreadable', violatingResources: [{ locations }] }]);
});

test.each([
  [{ kubernetes: 1.3 }, 'kubernetes is 1.3, which is no text: put it in quotes'],
  [{ skip: ['grace-zero', 3] }, 'skip is 3, which is no text'],
  [{ 'longest-requests': '30s' }, "there is no 'longest-requests'; did you mean longest-request?"],
  [{ format: 'json' }, "there is no 'format'"],
  [{ '???': 'x' }, 'known are longest-request, traffic, nodes, kubernetes, runtime, severity, rule, skip'],
  [{ skip: ['grace-zer'] }, 'did you mean grace-zero?'],
  [{ traffic: 'cube-proxy' }, 'did you mean kube-proxy?'],
  [{ severity: 'all' }, '--severity'],
])('%j is refused with a sentence and no stack', (properties, message) => {
  const error = thrownBy(() => new GracefulValidation(properties));
  expect(error.message).toContain(message);
  expect(error.stack).toBe(`cdk8s-graceful: ${error.message}`);
});
