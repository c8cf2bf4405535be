#!/usr/bin/env node
// kubectl that sends its caller a signal at one moment: SIGNAL_AT={"command": REGEXP, "nth": 1, "when": "before" | "after"}.
// `after` is when the cluster has done it and the caller has not heard of it. Every command is written to SIGNAL_LOG.
const { spawnSync, spawn } = require('node:child_process');
const fs = require('node:fs');

const args = process.argv.slice(2);
const { command, nth, when, signal } = JSON.parse(process.env.SIGNAL_AT);
const log = process.env.SIGNAL_LOG;
const words = args.filter((word) => !/^--(context|kubeconfig)=/.test(word)).join(' ');
const matches = new RegExp(command).test(words);
fs.appendFileSync(log, `${matches ? 'match' : 'other'} ${words}\n`);
const count = fs
  .readFileSync(log, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('match ')).length;
const now = matches && count === nth;

const strike = () => {
  fs.appendFileSync(log, `struck ${process.ppid}\n`);
  process.kill(process.ppid, signal);
};

if (now && when === 'before') strike();
const program = process.env.REAL_KUBECTL;
if (now && when === 'after') {
  const input = args.includes('-') ? fs.readFileSync(0) : undefined;
  const { status, stdout, stderr } = spawnSync(program, args, { input });
  strike();
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}
const child = spawn(program, args, { stdio: 'inherit' });
for (const each of ['SIGTERM', 'SIGINT']) process.on(each, () => child.kill(each));
child.on('close', (code) => process.exit(code ?? 1));
