import { after, escaped, expecting, unless } from './hostile-recipe.ts';

const said = (expression: string) => after(`throw new Error('${escaped} ' + ${expression});`);

/** Ways out of the language to its host. */
export const escapes = [
  ...expecting(['recipe-threw'], {
    'process-environment': said(`process.env.PATH`),
    'process-global': said(`(globalThis as any).process.env`),
    'process-exit': after(`process.exit(0);`),
    'process-binding': after(`(process as any).binding('fs');`),
    'function-constructor': said(`Function('return process.pid')()`),
    'indirect-eval': said(`(0, eval)('process.pid')`),
    'eval-here': said(`eval('process.pid')`),
    'generator-constructor': said(
      `(function* () {}).constructor('yield process.pid')().next().value`,
    ),
    'library-constructor': said(
      `(layers.dense as any).constructor.constructor('return process.pid')()`,
    ),
    'require-constructor': said(`(require as any).constructor('return process.pid')()`),
    'console-constructor': said(`(console.log as any).constructor('return process.pid')()`),
    'fetch-host': said(`fetch('http://127.0.0.1')`),
    'no-deprecation-getter': after(
      `Object.defineProperty(Object.prototype, 'noDeprecation', { get() { throw new Error('trap'); } });` +
        `console.log(Object.getOwnPropertyDescriptor(console, '_stdout')!.value.write);`,
    ),
    'console-stdout': after(
      `const { value } = Object.getOwnPropertyDescriptor(console, '_stdout')!; value.write('x');`,
    ),
    'kill-parent': after(`process.kill(process.ppid, 'SIGSTOP');`),
    'engine-flags': after(
      `(globalThis as any).process.mainModule.require('v8').setFlagsFromString('--x');`,
    ),
  }),
  ...expecting(['recipe-threw', 'recipe-syntax', 'read'], {
    'import-meta': unless(`String((import.meta as any).url).includes('/')`),
    'import-meta-path': unless(`(import.meta as any).dirname`),
    'html-comment': unless(`typeof process !== 'undefined' <!-- x`),
    'with-statement': unless(`Function('with (this) { return typeof process }')() !== 'undefined'`),
  }),
  ...expecting('read', {
    globals: unless(
      `['process', 'require', 'fetch', 'WebAssembly', 'Worker', 'std', 'os', 'scriptArgs', 'print', ` +
        `'Deno', 'Bun', 'Buffer', 'global', 'gc', '$262', 'navigator', 'bjson'].some((name) => name in globalThis)`,
    ),
    'own-globals': unless(
      `Object.getOwnPropertyNames(globalThis).some((name) => /process|host|emscripten/i.test(name))`,
    ),
    'stack-of-errors': unless(
      `/\\/(work|home|usr|tmp|root)\\/|node:/.test(String(new Error('x').stack))`,
    ),
    'prepare-stack-trace': unless(
      `((Error as any).prepareStackTrace = (_: unknown, calls: any) => calls, ` +
        `Array.isArray(new Error('x').stack) && (new Error('x').stack as any)[0].getThis()?.process)`,
    ),
    'caller-of-function': unless(
      `(function f(): unknown { try { return (f as any).caller?.arguments?.[0]?.process; } catch { return null; } })()`,
    ),
    'arguments-of-module': unless(`typeof (module as any).constructor._load === 'function'`),
    'async-function': unless(
      `Object.getPrototypeOf(async function () {}).constructor('return process') === null`,
    ),
    'inspector-url': unless(`typeof (globalThis as any).inspector !== 'undefined'`),
    'shared-memory': unless(
      `typeof SharedArrayBuffer === 'function' && typeof Atomics === 'object' && typeof (globalThis as any).Worker === 'function'`,
    ),
    'promise-loop': after(`const again = (): any => Promise.resolve().then(again); again();`),
    'date-and-chance': unless(`Date.now() !== 1704067200000 || new Date().getFullYear() !== 2024`),
  }),
];
