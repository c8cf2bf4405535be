import { HELP, parseOptions } from '../../rehearsal/options';

const parse = (...args: string[]) => parseOptions(args, ['node', 'nginx']);

test('without a flag it is the long form, of every case', () => {
  expect(parse()).toEqual({ help: false, short: false, cases: [], context: undefined, keep: false });
  expect(parse('--case', 'node', '--case', 'nginx', '--keep')).toMatchObject({ cases: ['node', 'nginx'], keep: true });
});

test.each([
  [['--case', 'apache'], 'there is no case apache: it can be node, nginx'],
  [['--short', '--keep'], '--short says too little to be kept'],
  [['--fast'], "Unknown option '--fast'"],
  [['node'], 'node'],
])('%p is refused with a sentence', (args, sentence) => {
  expect(() => parse(...args)).toThrow(sentence);
});

test('the help names every flag', () => {
  for (const flag of ['--short', '--case', '--keep', '--context']) expect(HELP).toContain(flag);
});
