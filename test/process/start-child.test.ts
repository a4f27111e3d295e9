import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtProgram } from '../../grader/process/built-program.ts';
import { GraderError } from '../../grader/errors.ts';
import { startChild, type ChildProgram } from '../../grader/process/start-child.ts';
import { areGone, childrenOf } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A child program of this test: the given warm-up and work, served. */
function program(parts: { warmUp?: string; work?: string }): ChildProgram {
  const file = join(temporaryFolder(), 'child.mjs');
  const { warmUp = '', work = 'return job' } = parts;
  const text = [
    `import { serve } from '${builtProgram('process/serve').href}';`,
    `serve(async (job, report, stop) => { ${work} }, async () => { ${warmUp} });`,
  ];
  writeFileSync(file, text.join('\n'));
  return { program: pathToFileURL(file) };
}

async function failureOf(work: Promise<unknown>): Promise<GraderError['failure']> {
  const error = await work.then(
    () => new Error('It went well.'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof GraderError) return error.failure;
  throw error;
}

const pause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

test('a child warms up before its job comes', async () => {
  const marker = join(temporaryFolder(), 'warm');
  const write = `(await import('node:fs')).writeFileSync(${JSON.stringify(marker)}, '')`;
  const child = startChild<object, never, boolean>(
    program({
      warmUp: `globalThis.isWarm = true; ${write}`,
      work: 'return globalThis.isWarm === true',
    }),
  );
  while (!existsSync(marker)) await pause(10);
  expect(child.isAlive()).toBe(true);
  expect(await child.run({})).toBe(true);
});

test('a job that comes first waits for the end of the warm-up', async () => {
  const warmUp = 'await new Promise((go) => setTimeout(go, 300)); globalThis.isWarm = true';
  const child = startChild<object, never, boolean>(
    program({ warmUp, work: 'return globalThis.isWarm === true' }),
  );
  expect(await child.run({})).toBe(true);
});

test('a warm-up that fails leaves it to the work to say so', async () => {
  const child = startChild<object, never, object>(
    program({ warmUp: 'throw new Error("cold")', work: 'return job' }),
  );
  expect(await child.run({ a: 1 })).toEqual({ a: 1 });
});

test('lines written before the job reach the listener of the job', async () => {
  const child = startChild<object, never, object>(program({ warmUp: 'console.error("early")' }));
  await pause(500);
  const lines: string[] = [];
  await child.run({}, { onStderr: (line) => lines.push(line) });
  expect(lines).toContain('early');
});

test('a child that died while it waited is known to be dead, and a job for it says how', async () => {
  const child = startChild(program({ warmUp: 'console.error("no room"); process.exit(7)' }));
  while (child.isAlive()) await pause(10);
  expect(child.isAlive()).toBe(false);
  const { code, message, help } = await failureOf(child.run({}));
  expect(code).toBe('child-died');
  expect(message).toContain('exit code 7');
  expect(help).toContain('no room');
});

test('a process that cannot be started is told like one that died', async () => {
  const text = [
    "process.execPath = '/nowhere/node';",
    `const { startChild } = await import('${builtProgram('process/start-child').href}');`,
    `const child = startChild({ program: new URL('${program({}).program.href}') });`,
    'await child.run({}).catch(({ failure }) => console.log(JSON.stringify(failure)));',
  ].join('\n');
  const words = ['--input-type=module', '-e', text];
  const { stdout } = await execa(process.execPath, words, { stdin: 'ignore' });
  expect(JSON.parse(stdout)).toMatchObject({
    code: 'child-died',
    help: expect.stringContaining('/nowhere/node'),
  });
});

/** A child that does not keep to the protocol: it writes what the text writes. */
function rogue(text: string): ChildProgram {
  const file = join(temporaryFolder(), 'rogue.mjs');
  writeFileSync(file, `import { writeSync } from 'node:fs'; ${text}`);
  return { program: pathToFileURL(file) };
}

test.each([
  ['what is no message', "writeSync(3, 'passed\\n'); setInterval(() => {}, 1000);"],
  ['a line without end', "const text = 'x'.repeat(2 ** 20); for (;;) writeSync(3, text);"],
  [
    'messages without end',
    `const text = '{"type":"progress","progress":"' + 'x'.repeat(2 ** 20) + '"}\\n'; for (;;) writeSync(3, text);`,
  ],
])('a child that says %s is killed and has no result', async (_name, text) => {
  const { code, message } = await failureOf(startChild(rogue(text)).run({}));
  expect(code).toBe('child-died');
  expect(message).toContain('it said too much');
});

test('of two results the first counts, and one after a death is none', async () => {
  const twice =
    'for (const n of [1, 2]) writeSync(3, JSON.stringify({ type: "done", result: n }) + "\\n");';
  expect(await startChild(rogue(twice)).run({})).toBe(1);
  const { code } = await failureOf(
    startChild(rogue('process.kill(process.pid, "SIGKILL");')).run({}),
  );
  expect(code).toBe('child-died');
});

test('words without end on stderr end the child, and the log keeps within bounds', async () => {
  const { code } = await failureOf(
    startChild(rogue("const text = 'x'.repeat(2 ** 16); for (;;) writeSync(2, text);")).run({}),
  );
  expect(code).toBe('child-died');
});

test('a child that takes more memory than it was given is killed, and the limit is said', async () => {
  const work =
    'const all = []; for (;;) { all.push(Buffer.alloc(2 ** 24, 1)); await new Promise((go) => setTimeout(go, 5)); }';
  const child = startChild<object, never, object>(program({ work }));
  const failure = await failureOf(child.run({}, { memoryBytes: 300 * 2 ** 20 }));
  expect(failure).toMatchObject({ fault: 'limit', code: 'memory' });
  expect(failure.message).toMatch(/took \d{3,} MiB; 300 MiB are given/);
});

test('a child that is ended without a job is gone, also in the middle of its warm-up', async () => {
  const waiting = startChild(program({}));
  const busy = startChild(program({ warmUp: 'for (;;);' }));
  await pause(400);
  const children = await childrenOf(process.pid);
  waiting.end();
  busy.end();
  expect(children.length).toBeGreaterThanOrEqual(2);
  expect(await areGone(children)).toBe(true);
});

test('an end asked for before the job and one asked for later both reach the child', async () => {
  const work = 'for (;;) { if (stop.aborted) return "stopped"; await new Promise(setImmediate); }';
  const asked = AbortSignal.abort();
  expect(await startChild(program({ work })).run({}, { softStop: asked })).toBe('stopped');
  const later = new AbortController();
  setTimeout(() => later.abort(), 300);
  expect(await startChild(program({ work })).run({}, { softStop: later.signal })).toBe('stopped');
});

test('the signal kills a child, and one that has fired before the job does so as well', async () => {
  const child = startChild(program({ work: 'for (;;);' }));
  const { code } = await failureOf(child.run({}, { signal: AbortSignal.timeout(300) }));
  expect(code).toBe('interrupted');
  const late = startChild(program({}));
  expect((await failureOf(late.run({}, { signal: AbortSignal.abort() }))).code).toBe('interrupted');
});

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'a waiting child ends with a parent that %s ends',
  async (signal) => {
    const { program: child } = program({});
    const file = join(temporaryFolder(), 'parent.mjs');
    const text = [
      `import { startChild } from '${builtProgram('process/start-child').href}';`,
      `startChild({ program: new URL('${child.href}') });`,
      'console.log("started");',
    ];
    writeFileSync(file, text.join('\n'));
    const parent = execa(process.execPath, [file], { reject: false, stdin: 'ignore' });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    const children = await childrenOf(parent.pid);
    expect(children).toHaveLength(1);
    parent.kill(signal);
    await parent;
    expect(await areGone(children)).toBe(true);
  },
);
