import { STATED_OPTIONS, statedIntent } from '../../src/cli/stated-options';
import { readIntent, type StatedField, writeIntent } from '../../src/manifest/intent';
import { howToState, optionsIn } from '../../src/rules/stated-option';

const EXAMPLES = {
  'longest-request': '2m30s',
  traffic: 'kube-proxy, mesh=20s/readiness',
  nodes: 'aws-spot,karpenter=300s',
  kubernetes: '1.36.3',
  runtime: 'vllm@0.32.0',
};

test('every option reads as its annotation does, and messages name it beside that annotation', () => {
  expect(Object.keys(EXAMPLES)).toEqual(Object.keys(STATED_OPTIONS));
  for (const [option, text] of Object.entries(EXAMPLES)) {
    const stated = statedIntent({ [option]: text });
    const annotations = writeIntent(stated);
    expect(readIntent(annotations).intent).toMatchObject(stated);
    const field = Object.keys(stated)[0] as StatedField;
    expect(howToState(field)).toBe(`the annotation ${Object.keys(annotations)[0]} or --${option}`);
    expect(optionsIn(howToState(field))).toEqual([`--${option}`]);
  }
  expect(howToState('coldStartSeconds')).toBe('the annotation cdk8s-graceful/cold-start');
  expect(statedIntent({})).toEqual({});
});

test('a version keeps what follows its @', () => {
  expect(statedIntent({ runtime: 'vllm' })).toEqual({ runtime: 'vllm' });
  expect(statedIntent({ runtime: 'custom@a@b' })).toEqual({ runtime: 'custom', runtimeVersion: 'a@b' });
});
