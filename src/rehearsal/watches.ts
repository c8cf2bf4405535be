import { setTimeout as pause } from 'node:timers/promises';
import { objectsAt, textAt } from '../manifest/json';
import type { Followed, Kubectl } from './kubectl';
import type { LoadLog } from './load-log';
import type { Observation } from './observation';
import type { Target } from './target';

const PAUSE_MILLISECONDS = 500;

/** kubectl commands that go on by themselves, and start again when they end before they are stopped. */
export class Watches {
  private readonly running = new Map<string, Followed>();
  private stopped = false;

  constructor(private readonly kubectl: Kubectl) {}

  observe(
    observation: Observation,
    { namespace, selector, service, deployment }: Pick<Target, 'namespace' | 'selector' | 'service' | 'deployment'>,
  ): void {
    const watch = (what: readonly string[], take: (value: unknown) => void, broken?: () => Promise<void>) =>
      this.keep(['get', ...what, '-n', namespace, '--watch', '-o', 'json', '--output-watch-events'], take, broken);
    const lookAgain = async () => {
      const pods = objectsAt(await this.kubectl.json(['get', 'pods', '-l', selector, '-n', namespace]), 'items');
      observation.retain(new Set(pods.map((pod) => textAt(pod, 'metadata', 'uid') ?? '')));
    };
    watch(['pods', '-l', selector], (value) => observation.takePod(value), lookAgain);
    if (service !== undefined) {
      watch(['endpointslices', '-l', `kubernetes.io/service-name=${service}`], (value) =>
        observation.takeEndpointSlice(value),
      );
    }
    watch(['events'], (value) => observation.takeEvent(value));
    watch(['deployments', '--field-selector', `metadata.name=${deployment}`], (value) =>
      observation.takeDeployment(value),
    );
  }

  readLoad(log: LoadLog, pod: string, namespace: string): void {
    this.keep(['logs', '-f', `pod/${pod}`, '-n', namespace], (value) => log.take(value));
  }

  stop(): void {
    this.stopped = true;
    for (const followed of this.running.values()) followed.stop();
  }

  private keep(args: readonly string[], take: (value: unknown) => void, broken = async () => {}): void {
    if (this.stopped) return;
    const again = async () => {
      await pause(PAUSE_MILLISECONDS);
      if (this.stopped) return;
      await broken().catch(() => {}); // the cluster cannot be asked: the next watch breaks off as well, and comes back here
      this.keep(args, take, broken);
    };
    this.running.set(args.join(' '), this.kubectl.follow(args, take, again));
  }
}
