/**
 * Keeps the public API as it is now, for `npx projen api:check` to compare with. Run it at a release, or when a breaking
 * change is meant, with an entry in CHANGELOG.md. Texts are left out: only names and types are compared.
 */
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
const { readme, ...assembly } = JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8'));

function withoutTexts(value) {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key]) => key !== 'docs' && key !== 'locationInModule' && key !== 'symbolId',
  );
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutTexts(item)]));
}

const baseline = { ...withoutTexts(assembly), docs: assembly.docs };
fs.writeFileSync(path.join(__dirname, 'assembly.jsii'), `${JSON.stringify(baseline, null, 1)}\n`);
fs.copyFileSync(path.join(root, 'package.json'), path.join(__dirname, 'package.jsii'));
