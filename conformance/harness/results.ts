import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Disagreement } from './compare';
import { nameOf } from './server';
import type { Verdict } from './verdict';

/** What one server did, as it is kept in the repository. */
export interface Result {
  readonly runtime: string;
  readonly title: string;
  readonly version: string;
  readonly uvicornVersion?: string;
  readonly date: string;
  readonly variants: readonly VariantResult[];
}

export interface VariantResult extends Verdict {
  readonly name: string;
  readonly requestSeconds: number;
  readonly disagreements: readonly Disagreement[];
}

const FOLDER = join(__dirname, '..', 'results');

export function keep(result: Result): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${nameOf(result)}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

export function keptResults(): readonly Result[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
}
