import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HarmResults } from './page-harm';
import type { CaseResult } from './result';

const FOLDER = join(__dirname, 'results');
const HARM = 'harm.json';

export interface Results {
  readonly cases: readonly CaseResult[];
  readonly harm?: HarmResults;
}

export function readResults(): Results {
  const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.json')) : [];
  const cases = files.filter((file) => file !== HARM).map((file) => read(file) as CaseResult);
  return {
    cases: cases.sort((one, other) => one.number - other.number),
    harm: files.includes(HARM) ? read(HARM) : undefined,
  };
}

export function writeResult(result: CaseResult): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${result.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
