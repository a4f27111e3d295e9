import { test } from '@jest/globals';
import { spawnSync } from 'node:child_process';

/** `test` where what it needs is here; else a skipped one, whose name says so to `count-skipped.js`. */
export function testWith(need: string, isHere: boolean): typeof test.skip {
  if (isHere) return test;
  const named = (words: unknown[]) => [`${String(words[0])} [needs ${need}]`, ...words.slice(1)];
  const skipped = <Call extends (...words: never[]) => unknown>(call: Call): Call =>
    new Proxy(call, {
      apply: (target, self, words: unknown[]): unknown => Reflect.apply(target, self, named(words)),
    });
  const { each } = test.skip;
  const skippedEach = new Proxy(each, {
    apply: (target, self, rows: unknown[]): unknown => skipped(Reflect.apply(target, self, rows)),
  });
  return Object.assign(skipped(test.skip), { each: skippedEach });
}

export const isRoot = process.getuid?.() === 0;
export const asRoot: typeof test.skip = testWith('root', isRoot);

/** Root in a container may mount nothing. */
export const testWithMounts: typeof test.skip = testWith(
  'root who may mount',
  isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0,
);
