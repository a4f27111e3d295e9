import { after, expecting, named } from './hostile-recipe.ts';

const escape = '\\u001b';

/** Text for a terminal, a page, a table or a log, and sources that are no text. */
export const texts = [
  ...expecting('read', {
    'print-terminal': after(
      `console.log('${escape}[2J${escape}]0;title\\u0007${escape}[31mred\\u0008\\u0008\\r\\u009b31m');`,
    ),
    'print-clipboard': after(`console.log('${escape}]52;c;ZWNobyBoaQ==\\u0007');`),
    'print-github': after(
      `console.log('::error::x\\n::set-output name=points::5\\n::add-mask::5\\n::stop-commands::x');`,
    ),
    'print-azure': after(`console.log('##vso[task.setvariable variable=points]5\\n##[error]x');`),
    'print-teamcity': after(`console.log("##teamcity[testFinished name='x']");`),
    'print-bidi': after(`console.log('points \\u202e5\\u202c \\u2066x\\u2069 \\u200b\\ufeff');`),
    'print-null-bytes': after(`console.log('a\\u0000b\\ud800');`),
  }),
  ...expecting(['read', 'invalid-recipe'], {
    'name-terminal': named(`'${escape}[2Jx'`),
    'name-github': named(`'x\\n::error::y'`),
    'name-azure': named(`'##vso[task.complete result=Succeeded]'`),
    'name-html': named(`'<script>alert(1)</script><img src=x onerror=alert(1)>'`),
    'name-attribute': named(`'" onmouseover="alert(1)'`),
    'name-csv': named(`'=cmd|\\'/c calc\\'!A1'`),
    'name-csv-plus': named(`'+1+cmd|x'`),
    'name-path': named(`'../../../../etc/passwd'`),
    'name-null': named(`'a\\u0000.js'`),
    'name-proto': named(`'__proto__'`),
    'name-template': named(`'{{constructor.constructor("return process")()}}'`),
    'name-bidi': named(`'\\u202egnp.exe'`),
    'name-long': named(`'n'.repeat(100_000)`),
  }),
  ...expecting('recipe-threw', {
    'throw-terminal': `throw new Error('${escape}[2J${escape}]0;x\\u0007');`,
    'throw-github': `throw new Error('x\\n::error::y\\n##vso[task.complete]');`,
    'throw-html': `throw new Error('<script>alert(1)</script>]]>&quot;');`,
    'throw-name': `const e = new Error('x'); e.name = '${escape}[2J\\n::error::'; throw e;`,
  }),
  ...expecting(['recipe-syntax', 'recipe-import'], {
    syntax: `export default defineRecipe({`,
    'syntax-hostile': `export default '\u001b[2J\n::error::x`,
    python: `import tensorflow as tf\nmodel = tf.keras.Sequential()`,
    'import-terminal': after(`import x from '${escape}[2J\\n::error::'; console.log(x);`),
  }),
  ...expecting('not-utf-8', {
    'bytes-no-utf-8': new Uint8Array([0xff, 0xfe, 0x00, 0x41]),
    'bytes-cut-off': new Uint8Array([0x61, 0x3d, 0x22, 0xe2, 0x82]),
  }),
  ...expecting(['source-too-large'], {
    'source-of-300-kb': `export default 1;${' '.repeat(300 * 1024)}`,
    'source-of-5-mb': `// ${'x'.repeat(5_000_000)}`,
  }),
  ...expecting(['not-a-recipe', 'read', 'recipe-syntax', 'recipe-threw'], {
    'source-empty': ``,
    'source-null-bytes': `\u0000\u0000\u0000`,
    'source-bidi': `/*\u202e } \u2066if (admin)\u2069 */ export default 1;`,
    'source-closes-wrapper': `}); (function(exports,require,module){ module.exports.default = 1;`,
    'source-ends-in-comment': `export default 1; //`,
  }),
];
