import type { Demonstration } from '../demonstration';
import { endings } from './endings';
import { evictions } from './evictions';
import { probes } from './probes';
import { rollouts } from './rollouts';

export const demonstrations: readonly Demonstration[] = [...endings, ...evictions, ...rollouts, ...probes];
