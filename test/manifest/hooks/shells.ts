import { spawnSync } from 'node:child_process';

/** The shells of this machine that the images of our users have, as [name, command]. */
export function shellsPresent(): [string, string[]][] {
  const shells: [string, string[]][] = [
    ['dash', ['dash']],
    ['bash', ['bash']],
    ['busybox sh', ['busybox', 'sh']],
  ];
  return shells.filter(([name, command]) => present(name, [...command, '-c', ':']));
}

/** Whether the command runs here; a word on the console where it does not. */
export function present(name: string, [program, ...args]: readonly string[]): boolean {
  const found = spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  if (!found) process.stderr.write(`skipped: ${name} is not on this machine\n`);
  return found;
}
