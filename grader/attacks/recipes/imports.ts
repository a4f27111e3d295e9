import { after, escaped, expecting, unless } from './hostile-recipe.ts';

/** Ways to another module or file. */
export const imports = [
  ...expecting('recipe-import', {
    'import-fs': after(`import * as fs from 'fs'; console.log(fs.readFileSync);`),
    'import-node-fs': after(`import { readFileSync } from 'node:fs'; console.log(readFileSync);`),
    'import-for-effect': after(`import 'node:fs';`),
    'import-child-process': after(`import cp from 'node:child_process'; cp.execSync('id');`),
    'import-relative': after(`import x from './recipe.json'; console.log(x);`),
    'import-absolute': after(`import x from '{heldOut}'; console.log(x);`),
    'import-passwd': after(`import x from '/etc/passwd'; console.log(x);`),
    'import-url': after(`import x from 'https://example.invalid/x.js'; console.log(x);`),
    'import-data': after(`import x from 'data:text/javascript,export default 1'; console.log(x);`),
    'import-tfjs': after(`import * as tf from "@tensorflow/tfjs"; console.log(Object.keys(tf));`),
    'import-quickjs-os': after(`import * as os from 'os'; console.log(os.exec);`),
    'import-quickjs-std': after(`import * as std from 'std'; console.log(std.loadFile);`),
    'import-guest': after(`import { describe } from '/sandbox/guest.js'; console.log(describe);`),
    'import-sub-path': after(`import x from 'grader/dist/grader/errors.js'; console.log(x);`),
    'import-proto-name': after(`import x from '__proto__'; console.log(x);`),
    'export-from': after(`export * from 'fs';`),
    'require-fs': `const fs = require('fs');\nmodule.exports.default = fs.readdirSync('/');`,
    'require-glob': after(
      "declare const require: any; const n = 'labels'; const d = require(`./held/${n}.json`);",
    ),
    'require-cast': after(`console.log((require as any)({ toString: () => 'grader' }));`),
    'import-equals': after(`import fs = require('fs'); console.log(fs.readFileSync);`),
  }),
  ...expecting(['recipe-async', 'recipe-import', 'recipe-threw', 'recipe-syntax'], {
    'import-await': after(`const fs = await import('fs'); console.log(fs);`),
    'import-await-glob': after(
      "const d = await import(`./held/${'labels'}.json`); console.log(d);",
    ),
  }),
  ...expecting(['read', 'recipe-import', 'recipe-threw'], {
    'import-fs-unused': after(`import fs from 'fs';`),
    'import-late': after(
      `import('fs').then((fs) => { console.log('${escaped}', fs); }, () => undefined);`,
    ),
    'import-library-late': unless(`import('/sandbox/guest-files.js') === null`),
    'require-properties': unless(
      `(require as any).resolve || (require as any).main || (require as any).cache`,
    ),
  }),
];
