import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { GracefulInferenceDeployment, GracefulWebService, type GracefulWorkload, Severity } from '../../src';
import { schemaErrors } from '../schemas/validate';
import { accelerators, arbitraryProps, engines, webRuntimes } from './arbitrary-props';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const chart = () => new Chart(new App(), 'chart', { namespace: 'laws' });

function expectNoErrors(workload: GracefulWorkload): void {
  const errors = workload.findings.filter(
    ({ severity }) => severity === Severity.ERROR || severity === Severity.CANNOT_JUDGE,
  );
  expect(errors.map(({ rule, message, arithmetic }) => ({ rule, message, arithmetic }))).toEqual([]);
}

describe('what the constructs derive, the rules pass', () => {
  test.each(webRuntimes)('$name', ({ runtime, port }) => {
    fc.assert(
      fc.property(arbitraryProps({ followReadiness: false }), (props) => {
        expectNoErrors(
          new GracefulWebService(chart(), 'web', { ...props, image: 'registry.example.com/app:1', runtime, port }),
        );
      }),
      { numRuns: 40 },
    );
  });

  test.each(engines)('$name', ({ image, engine }) => {
    fc.assert(
      fc.property(
        arbitraryProps({ followReadiness: false }),
        accelerators,
        fc.integer({ min: 0, max: 8 }),
        (props, accelerator, spareAccelerators) => {
          expectNoErrors(
            new GracefulInferenceDeployment(chart(), 'engine', {
              ...props,
              image,
              engine,
              accelerator,
              spareAccelerators,
            }),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});

test('a derived grace period has no second to spare, and one second less is refused', () => {
  fc.assert(
    fc.property(
      arbitraryProps({ followReadiness: false }),
      fc.constantFrom(...webRuntimes),
      (props, { runtime, port }) => {
        const app = new App();
        const web = new GracefulWebService(new Chart(app, 'chart'), 'web', {
          ...props,
          image: 'registry.example.com/app:1',
          runtime,
          port,
        });
        expect(web.budget.slackSeconds).toBe(0);
        const path = '/spec/template/spec/terminationGracePeriodSeconds';
        ApiObject.of(web.deployment).addJsonPatch(
          JsonPatch.replace(path, web.budget.requiredGracePeriod.toSeconds() - 1),
        );
        expect(() => app.synthYaml()).toThrow(/\[grace-shorter-than-shutdown\].*\(1 s short\)/s);
      },
    ),
    { numRuns: 40 },
  );
});

test('every manifest that is accepted is valid for the API servers, and the same each time', () => {
  fc.assert(
    fc.property(
      arbitraryProps({ followReadiness: false }),
      fc.constantFrom(...webRuntimes),
      (props, { runtime, port }) => {
        const manifests = [1, 2].map(() => {
          const parent = chart();
          new GracefulWebService(parent, 'web', { ...props, image: 'registry.example.com/app:1', runtime, port });
          return Testing.synth(parent);
        });
        expect(manifests[0]).toEqual(manifests[1]);
        for (const object of manifests[0] as unknown[]) expect(schemaErrors('1.34', object)).toEqual([]);
      },
    ),
    { numRuns: 30 },
  );
});

describe('behind a source that follows readiness, with the tools for a marker and a version that probes during termination', () => {
  test.each(webRuntimes)('$name: nothing is found', ({ runtime, port }) => {
    fc.assert(
      fc.property(arbitraryProps({ followReadiness: true }), (props) => {
        expectNoErrors(
          new GracefulWebService(chart(), 'web', {
            ...props,
            image: 'registry.example.com/app:1',
            runtime,
            port,
            kubernetesVersion: '1.34',
          }),
        );
      }),
      { numRuns: 40 },
    );
  });
});
