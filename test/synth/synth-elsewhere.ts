/** Run by environment.test.ts in a process of its own: synthesizes into the current folder, and prints tables and findings. */
import { App } from 'cdk8s';
import { findingText } from '../../src/report/finding-text';
import { chartIn, hasty, llama, orders } from './apps';

const app = new App({ outdir: '.' });
const workloads = [orders(chartIn(app, 'shop')), llama(chartIn(app, 'inference')), hasty(chartIn(app, 'hasty'))];
workloads[2]?.acknowledge({ rule: 'grace-shorter-than-shutdown', reason: 'clients repeat every request' });
app.synth();
for (const { budget, findings } of workloads) {
  process.stdout.write(`${[budget.toString(), ...findings.map((finding) => findingText(finding))].join('\n')}\n`);
}
