import { after, expecting, named } from './hostile-recipe.ts';

/** More time, memory or depth than there is. */
export const bombs = [
  ...expecting('recipe-time', {
    loop: after(`for (;;) {}`),
    'loop-in-try': after(`for (;;) { try { for (;;) {} } catch {} }`),
    'loop-in-finally': after(
      `const f = (): any => { try { return 1; } finally { for (;;) {} } }; f();`,
    ),
    'loop-without-import': `while (true) {}`,
    'loop-in-getter': after(`const o = { get x(): any { for (;;) {} } }; console.log(o.x);`),
    'loop-in-schedule': `import { callbacks, defineRecipe } from 'grader';\nexport default defineRecipe({ compile: { optimizer: 'adam', loss: 'meanSquaredError' }, fit: { epochs: 3, callbacks: [callbacks.learningRateScheduler(() => { for (;;) {} })] } });`,
    'slow-regular-expression': after(`console.log(/(a+)+$/.test('a'.repeat(40) + 'b'));`),
    'slow-sort': after(`Array.prototype.sort.call({ length: 2 ** 32 });`),
    'slow-generator': after(
      `function* all() { for (;;) yield 1; } for (const _ of all()) { /* on */ }`,
    ),
    'slow-big-integer': after(`let n = 3n; for (;;) n = (n * n) % (2n ** 4000n);`),
  }),
  ...expecting(['recipe-time', 'recipe-memory', 'recipe-threw'], {
    'slow-join': after(`console.log((new Array(1_000_000_000) + '').length);`),
    'slow-fill': after(`new Array(4_000_000_000).fill(1);`),
    'slow-index-of': after(`Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);`),
  }),
  ...expecting('recipe-memory', {
    'memory-strings': after(
      `const k: any[] = []; for (;;) k.push('x'.repeat(1 << 20) + k.length);`,
    ),
    'memory-arrays': after(`const k: any[] = []; for (;;) k.push(new Array(1e5).fill(k.length));`),
    'memory-buffers': after(`const k: any[] = []; for (;;) k.push(new ArrayBuffer(1 << 24));`),
    'memory-objects': after(`let o: any = {}; for (;;) o = { o };`),
    'memory-maps': after(
      `const m = new Map<any, any>(); for (let i = 0; ; i++) m.set({ i }, [i]);`,
    ),
  }),
  ...expecting(['recipe-memory', 'recipe-time'], {
    'memory-caught': after(
      `const k: any[] = []; for (;;) { try { k.push(new Array(1e5).fill(1)); } catch { k.push({}); } }`,
    ),
  }),
  ...expecting(['recipe-memory', 'recipe-threw'], {
    'memory-at-once': after(`new ArrayBuffer(2e9);`),
    'memory-text': after(`let s = 'x'; for (;;) s += s;`),
    'memory-big-integer': after(`let n = 2n; for (;;) n = n * n;`),
    'memory-spread': after(`Math.max(...new Array(5e7).fill(1));`),
  }),
  ...expecting('recipe-threw', {
    recursion: after(`const f = (): any => f() + 1; f();`),
    'recursion-to-text': after(
      `const o: any = { toString: () => \`\${o}\` }; console.log(\`\${o}\`);`,
    ),
    'recursion-in-proxy': after(
      `const p: any = new Proxy({}, { get: (t, n, r) => r[n] }); console.log(p.x);`,
    ),
  }),
  ...expecting(['recipe-syntax', 'recipe-memory', 'recipe-time', 'recipe-threw', 'not-a-recipe'], {
    'parser-brackets': `export default ${'['.repeat(60_000)}${']'.repeat(60_000)}`,
    'parser-not': `x=${'!'.repeat(200_000)}1`,
    'parser-arrows': `x=${'a=>'.repeat(80_000)}1`,
    'parser-ifs': `${'if(a)'.repeat(48_000)};`,
    'parser-blocks': `${'{'.repeat(120_000)}${'}'.repeat(120_000)}`,
    'parser-types': `let x: ${'A<'.repeat(80_000)}1${'>'.repeat(80_000)};`,
    'parser-templates': `x=${'`${'.repeat(50_000)}1${'}`'.repeat(50_000)}`,
    'parser-regular-expression': after(`new RegExp('('.repeat(100000) + ')'.repeat(100000));`),
  }),
  ...expecting('recipe-printed', {
    'print-endless': after(`for (;;) console.log('x'.repeat(1000));`),
    'print-caught': after(`for (;;) { try { console.error('x'.repeat(1e5)); } catch {} }`),
  }),
  ...expecting(['recipe-printed', 'recipe-memory'], {
    'print-at-once': after(`console.log('x'.repeat(5e7));`),
  }),
  ...expecting('recipe-too-large', {
    'document-of-5-mb': named(`'x'.repeat(5e6)`),
  }),
  ...expecting(['recipe-too-large', 'recipe-memory'], {
    'document-of-50-mb': named(`'x'.repeat(5e7)`),
  }),
];
