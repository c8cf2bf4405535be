/**
 * Compares the public API with the baseline. The baseline becomes a package only here: jsii-docgen would document it in
 * place of the project, if one lay below it.
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'api-baseline-'));
try {
  fs.copyFileSync(path.join(__dirname, 'assembly.jsii'), path.join(folder, '.jsii'));
  fs.copyFileSync(path.join(__dirname, 'package.jsii'), path.join(folder, 'package.json'));
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const { status } = spawnSync('jsii-diff', ['--keys', folder, root], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  fs.rmSync(folder, { recursive: true });
}
