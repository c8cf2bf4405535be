/** Runs an app as a user would: it writes its manifests into the folder, or throws. */
export function synthesize(app: string, outdir: string): void {
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    delete require.cache[require.resolve(app)];
    require(app);
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
  }
}
