import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../grader/package-root.ts';

interface Package {
  readonly name: string;
  readonly licence: string;
  readonly hasInstallScript: boolean;
  readonly integrity?: string;
}

const module = JSON.stringify(join(packageRoot, 'test/support/make-licences.js'));

/** What the script that makes the list says, in a process of its own: it is no TypeScript. */
function ask(expression: string): unknown {
  const code = `import(${module}).then((made) => process.stdout.write(JSON.stringify(made.${expression})))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
}

const packages = ask('productionPackages()') as readonly Package[];

// One would fetch an archive without a hash, the other asks for money; .npmrc lets neither run.
test('no install script of a production dependency runs', () => {
  const withScripts = packages.filter(({ hasInstallScript }) => hasInstallScript);
  expect(withScripts.map(({ name }) => name)).toEqual(['@tensorflow/tfjs-node-gpu', 'core-js']);
  expect(readFileSync(join(packageRoot, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
});

test('every production dependency has a hash and states its licence', () => {
  const without = packages.filter(
    ({ integrity, licence }) => !integrity?.startsWith('sha512-') || licence === 'not stated',
  );
  expect(without).toEqual([]);
});

test('docs/licences.md is what npm run licences makes', () => {
  expect(readFileSync(join(packageRoot, 'docs/licences.md'), 'utf8')).toBe(ask('licencesPage()'));
});
