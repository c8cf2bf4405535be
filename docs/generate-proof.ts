/** Writes docs/proof.md, of what the last rehearsals left in rehearsal/results. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { page } from '../rehearsal/page';
import { readResults } from '../rehearsal/results';

const PAGE = join(__dirname, 'proof.md');

export function writeProof(): void {
  const results = readResults();
  if (results.cases.length > 0 || results.harm) writeFileSync(PAGE, page(results));
  else if (existsSync(PAGE)) rmSync(PAGE);
}

if (require.main === module) writeProof();
