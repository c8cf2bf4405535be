/** Preloaded by bench/lint.ts: the CPU time of the process from its start to its end, on standard error. */
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(2, JSON.stringify({ cpuSeconds: (user + system) / 1e6 }));
});
