import { after, escaped, expecting, unless } from './hostile-recipe.ts';

const forged = `{"format":"grader-recipe","version":1,"model":"forged"}`;

/** Answers that are not the recipe's to give, and values that are traps for whoever reads them. */
export const forgeries = [
  ...expecting(['not-a-recipe', 'read'], {
    'stringify-text': after(`JSON.stringify = (() => 'no JSON') as any;`),
    'stringify-forged': after(`JSON.stringify = (() => '{"document":${forged}}') as any;`),
    'stringify-bound': after(`(Function.prototype as any).bind = () => () => 'no JSON';`),
  }),
  ...expecting(
    [
      ...['not-a-recipe', 'invalid-recipe', 'read', 'recipe-threw', 'recipe-syntax'],
      ...['recipe-memory', 'recipe-time'],
    ],
    {
      'patch-to-json': after(`(Object.prototype as any).toJSON = () => ({ document: 1 });`),
      'patch-array-to-json': after(`(Array.prototype as any).toJSON = () => 'x';`),
      'patch-string-to-json': after(`(String.prototype as any).toJSON = () => 7;`),
      'patch-to-string': after(`String.prototype.toString = () => { throw 1; };`),
      'patch-get-owns': after(`Object.getOwnPropertyNames = () => []; Object.entries = () => [];`),
      'patch-descriptors': after(`Object.getOwnPropertyDescriptors = (() => ({})) as any;`),
      'patch-map': after(`Array.prototype.map = (() => ['${escaped}']) as any;`),
      'patch-iterator': after(
        `(Array.prototype as any)[Symbol.iterator] = function* () { for (;;) yield 1; };`,
      ),
      'patch-push': after(`Array.prototype.push = () => 0; Array.prototype.pop = () => undefined;`),
      'patch-format-getter': after(
        `Object.defineProperty(Object.prototype, 'document', { get: () => ({ format: 1 }) });`,
      ),
      'patch-refusal': after(
        `Object.defineProperty(Object.prototype, 'refusal', { value: { kind: 'import' }, enumerable: true });`,
      ),
      'patch-set-prototype': after(
        `Object.setPrototypeOf(Object.prototype, null); Reflect.ownKeys = () => [];`,
      ),
      'patch-math-and-date': after(`Math.random = () => NaN; (globalThis as any).Date = null;`),
      'patch-proxy': after(`(globalThis as any).Proxy = null; (globalThis as any).Reflect = null;`),
    },
  ),
  ...expecting('not-a-recipe', {
    'export-object': `export default { model: 1 };`,
    'export-number': `export default 42;`,
    'export-text': `export default '{"document":{}}';`,
    'export-nothing': `export const a = 1;`,
    'export-function': `export default () => ({ format: 'grader-recipe' });`,
    'export-class': `export default new (class { format = 'grader-recipe'; })();`,
    'export-map': `export default { format: 'grader-recipe', model: new Map() };`,
    'export-infinity': `export default { format: 'grader-recipe', version: 1e999 };`,
    'export-big-integer': `export default { format: 'grader-recipe', version: 1n };`,
    'export-proto-key': `export default JSON.parse('{"format":"grader-recipe","__proto__":{"x":1}}');`,
    'export-constructor-key': `export default { format: 'grader-recipe', constructor: { prototype: 1 } };`,
    'export-getter': `export default { format: 'grader-recipe', get model() { return 1; } };`,
    'export-cycle': `const o: any = { format: 'grader-recipe' }; o.o = o; export default o;`,
    'export-deep': `let o: any = {}; for (let i = 0; i < 1e5; i++) o = { o }; export default { format: 'grader-recipe', o };`,
    'export-many-values': `export default { format: 'grader-recipe', a: new Array(3e5).fill(0) };`,
  }),
  ...expecting('recipe-async', {
    'export-promise': `export default Promise.resolve({ format: 'grader-recipe' });`,
    'export-thenable': `export default { format: 'grader-recipe', then() { for (;;) {} } };`,
    'await-for-ever': `await new Promise(() => {}); export default 1;`,
  }),
  ...expecting(['recipe-time', 'not-a-recipe', 'recipe-async', 'invalid-recipe'], {
    'trap-to-json': `export default { format: 'grader-recipe', toJSON() { for (;;) {} } };`,
    'trap-getter': `export default { get format() { for (;;) {} } };`,
    'trap-proxy': `export default new Proxy({}, { has: () => true, get: () => ({ toJSON: () => ({}) }), ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) });`,
    'trap-proxy-keys': `export default new Proxy({ format: 1 }, { ownKeys() { for (;;) {} } });`,
    'trap-proxy-endless': `const p: any = new Proxy({}, { has: () => true, get: () => p, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: p }) }); export default p;`,
  }),
  ...expecting(['recipe-threw', 'recipe-memory'], {
    'throw-null': `throw null;`,
    'throw-nothing': `throw undefined;`,
    'throw-symbol': `throw Symbol('x');`,
    'throw-getters': `throw { get name() { throw 1; }, get message() { throw 2; }, get stack() { throw 3; } };`,
    'throw-proxy': `throw new Proxy(new Error('x'), { get() { throw new Error('y'); } });`,
    'throw-long': `throw new Error('x'.repeat(1e6));`,
    'throw-memory': `throw new Error('out of memory');`,
    'throw-stack-forged': `const e = new Error('x'); e.stack = 'at recipe.ts:999999999999999999999:1'; throw e;`,
  }),
  ...expecting(['recipe-threw', 'recipe-time', 'recipe-memory', 'not-a-recipe'], {
    'throw-trap': `throw { get message() { for (;;) {} } };`,
    'throw-text-trap': `throw { message: { toString() { for (;;) {} } } };`,
  }),
  ...expecting('read', {
    'print-answer': after(`console.log('{"document":${forged}}');`),
    'print-child-message': after(`console.log('{"type":"done","result":{"points":5}}');`),
    'globals-changed': unless(`((globalThis as any).console = { log: 1 }, false)`),
  }),
];
