import type { test } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { spawnSync } from 'node:child_process';
import { testWith } from './needs.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const found = names
  .map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim())
  .find((path) => path !== '');

export const testInBrowser: typeof test.skip = testWith('Chromium', found !== undefined);

/** Debian's Chromium, without a window. In a container there is no sandbox for it, and the pages are ours. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: found ?? '', args: ['--no-sandbox'] });
}
