import { App, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { memoryOf, rememberDuringSynth, type SynthMemory } from '../../src/synth/memory';
import { chartIn, thrownBy } from './apps';

/** Looks whether there is a memory whenever cdk8s validates. */
class Watch extends Construct {
  readonly seen: (SynthMemory | undefined)[] = [];
  whenValidating: () => void = () => undefined;

  constructor(scope: Construct) {
    super(scope, 'watch');
    rememberDuringSynth(this.node.root);
    this.node.addValidation({
      validate: () => {
        this.seen.push(memoryOf(this.node.root));
        this.whenValidating();
        return [];
      },
    });
  }
}

describe('there is a memory within one synth only', () => {
  test.each(['synth', 'synthYaml'] as const)('App.%s: one for all charts, and another one the next time', (method) => {
    const app = Testing.app();
    const watch = new Watch(chartIn(app, 'a'));
    chartIn(app, 'b');
    app[method]();
    const [first, ...others] = watch.seen;
    expect(first).toBeDefined();
    expect(others).toHaveLength(2);
    for (const other of others) expect(other).toBe(first);
    expect(memoryOf(app)).toBeUndefined();

    app[method]();
    expect(watch.seen.at(-1)).toBeDefined();
    expect(watch.seen.at(-1)).not.toBe(first);
    expect(memoryOf(app)).toBeUndefined();
  });

  test('none in Testing.synth and Chart.toJson', () => {
    const chart = chartIn();
    const watch = new Watch(chart);
    Testing.synth(chart);
    chart.toJson();
    expect(watch.seen).toEqual([undefined, undefined]);
  });

  test.each(['synth', 'synthYaml'] as const)('an error in App.%s ends it', (method) => {
    const app = Testing.app();
    const watch = new Watch(chartIn(app));
    watch.whenValidating = () => {
      throw new Error('broken on the way');
    };
    expect(thrownBy(() => app[method]()).message).toBe('broken on the way');
    expect(memoryOf(app)).toBeUndefined();
    watch.whenValidating = () => undefined;
    app[method]();
    expect(watch.seen[1]).toBeDefined();
    expect(watch.seen[1]).not.toBe(watch.seen[0]);
  });

  test('a synth within a synth goes on with the same one', () => {
    const app = Testing.app();
    const watch = new Watch(chartIn(app));
    watch.whenValidating = () => {
      watch.whenValidating = () => undefined;
      expect(app.synthYaml()).toBe('');
      expect(memoryOf(app)).toBe(watch.seen[0]);
    };
    app.synth();
    expect(new Set(watch.seen).size).toBe(1);
    expect(memoryOf(app)).toBeUndefined();
  });

  test('each app has its own', () => {
    const [one, other] = [Testing.app(), Testing.app()];
    const watch = new Watch(chartIn(one));
    new Watch(chartIn(other));
    let during: SynthMemory | undefined;
    watch.whenValidating = () => {
      during = memoryOf(other);
    };
    one.synth();
    expect(watch.seen[0]).toBeDefined();
    expect(during).toBeUndefined();
  });
});

describe('rememberDuringSynth', () => {
  test('twice is as once', () => {
    const app = Testing.app();
    rememberDuringSynth(app);
    const { synth, synthYaml } = app;
    rememberDuringSynth(app);
    expect(app.synth).toBe(synth);
    expect(app.synthYaml).toBe(synthYaml);
  });

  test('an app of a class of its own keeps what its synth does', () => {
    class Own extends App {
      calls = 0;
      override synth(): void {
        this.calls++;
        super.synth();
      }
    }
    const app = new Own({ outdir: Testing.app().outdir });
    const watch = new Watch(chartIn(app));
    app.synth();
    expect(app.calls).toBe(1);
    expect(watch.seen[0]).toBeDefined();
  });

  test('a root that cannot be synthesized is left alone', () => {
    const root = new Construct(undefined as never, '');
    rememberDuringSynth(root);
    expect(Object.keys(root)).not.toContain('synth');
    expect(memoryOf(root)).toBeUndefined();
  });
});
