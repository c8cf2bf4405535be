import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { STDIN } from './input';

/** Where files are, seen from the root of the repository: there CI servers look for them, whatever folder a step runs in. */
export interface Places {
  readonly rootUri: string;
  readonly pathOf: (file: string) => string;
  readonly uriOf: (file: string) => string;
}

/** Standard input has no place; this name stands for it where one is needed. */
const STDIN_NAME = 'stdin';

export function placesFrom(cwd: string): Places {
  const here = realpathSync(cwd);
  const root = repositoryAround(here) ?? here;
  const below = (file: string): string | undefined => {
    const path = relative(root, resolve(here, file));
    return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path.split(sep).join('/');
  };
  return {
    rootUri: pathToFileURL(`${root}${sep}`).href,
    pathOf: (file) => (file === STDIN ? STDIN_NAME : (below(file) ?? resolve(here, file))),
    uriOf(file) {
      if (file === STDIN) return STDIN_NAME;
      const path = below(file);
      if (path === undefined) return pathToFileURL(resolve(here, file)).href;
      return path.split('/').map(encodeURIComponent).join('/');
    },
  };
}

/** The nearest folder with `.git` in it, which is a file in a worktree. */
function repositoryAround(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
