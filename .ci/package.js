// npm run package [FOLDER]: a tarball that installs without a script and from nowhere but the registry.
// What is large or has an install script lies in it as a subset: its files as they are, its package.json
// without scripts. `bundleDependencies` stands in the packed manifest alone: by the checkout's own, a bare
// `npm pack` would bundle whole packages, scripts and all.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = (name) => join(root, 'node_modules', name);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

const tfjs = (part) => `@tensorflow/tfjs-${part}`;
/** Parts of TensorFlow.js that are named when it loads, and run no line. */
const named = ['layers', 'converter', 'data', 'backend-cpu', 'backend-webgl'];
const mainOf = (part) => ({ keep: [`dist/tf-${part}.node.js`], needs: [] });
const kernels = ['int64_tensors', 'nodejs_kernel_backend', 'register_all_kernels', 'tfjs_binding'];

/** Of each package the files that are read, and the packages that they load. */
const bundled = {
  '@tensorflow/tfjs-node-gpu': {
    keep: ['binding', ...kernels.map((name) => `dist/${name}.js`), 'dist/kernels', 'dist/proto'],
    needs: ['@tensorflow/tfjs', 'google-protobuf'],
  },
  '@tensorflow/tfjs': { keep: ['dist/tf.node.js'], needs: ['core', ...named].map(tfjs) },
  [tfjs('core')]: { ...mainOf('core'), needs: ['long'] },
  ...Object.fromEntries(named.map((part) => [tfjs(part), mainOf(part)])),
  'google-protobuf': { keep: ['google-protobuf.js'], needs: [] },
  long: { keep: ['index.js', 'src'], needs: [] },
  echarts: { keep: ['dist/echarts.esm.min.mjs', 'licenses'], needs: [] },
  h5wasm: { keep: ['dist/esm'], needs: [] },
};

/** Files of the grader itself; the sources are compiled in dist, with their types. */
const own = [
  ...['dist', 'grader', 'problems', 'solutions', 'docs'],
  ...['README.md', 'CHANGELOG.md', 'SECURITY.md'],
];

export function stage(target) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of [...own, 'LICENSE']) {
    cpSync(join(root, name), join(target, name), {
      recursive: true,
      filter: (path) => !isSource(path.slice(root.length)),
    });
  }
  const manifest = readJson(join(root, 'package.json'));
  writeJson(join(target, 'package.json'), packed(manifest));
  for (const [name, parts] of Object.entries(bundled)) copySubset(name, parts, target);
}

/** What is compiled. A package that is copied to be measured, a starter and a solution are read as they are. */
function isSource(path) {
  return path.endsWith('.ts') && /^(?:grader\/|problems\/[^/]+$)/.test(path);
}

function packed(manifest) {
  const compiled = (types) => types.replace(/^\.\/(.*)\.ts$/, './dist/$1.d.ts');
  const exports = Object.entries(manifest.exports).map(([name, each]) => [
    name,
    typeof each === 'string' ? each : { ...each, types: compiled(each.types) },
  ]);
  const ofCheckout = ['private', 'scripts', 'devDependencies', 'files'];
  const kept = Object.entries(manifest).filter(([key]) => !ofCheckout.includes(key));
  const bundleDependencies = Object.keys(bundled).filter((name) => name in manifest.dependencies);
  return { ...Object.fromEntries(kept), exports: Object.fromEntries(exports), bundleDependencies };
}

const isLegal = (name) => /^(?:licen[cs]e|notice)/i.test(name);

function copySubset(name, { keep, needs }, target) {
  const [from, to] = [installed(name), join(target, 'node_modules', name)];
  const manifest = readJson(join(from, 'package.json'));
  const kept = ['name', 'version', 'license', 'author', 'repository', 'homepage', 'type', 'main'];
  mkdirSync(to, { recursive: true });
  for (const each of [...keep, ...readdirSync(from).filter(isLegal)]) {
    cpSync(join(from, each), join(to, each), { recursive: true, filter: isRead });
  }
  // The archives of TensorFlow.js state their licence, and leave its text out.
  if (name.startsWith('@tensorflow/')) cpSync(apache, join(to, 'LICENSE'));
  writeJson(join(to, 'package.json'), {
    ...Object.fromEntries(
      [...kept, 'exports'].filter((key) => key in manifest).map((key) => [key, manifest[key]]),
    ),
    description: `A subset of ${name}, as the grader reads it: files unchanged, package.json changed.`,
    gypfile: false,
    dependencies: Object.fromEntries(needs.map((need) => [need, manifest.dependencies[need]])),
  });
}

const apache = join(installed('typescript'), 'LICENSE.txt');

/** No tests, maps or types of what is compiled already. */
function isRead(path) {
  return !/(?:_test\.js|\.map|\.d\.ts)$/.test(path);
}

const folder = resolve(process.argv[2] ?? join(root, 'dist.package'));
const staged = join(folder, 'package');
stage(staged);
const answer = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
  cwd: staged,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
rmSync(staged, { recursive: true });
const [{ filename, size, entryCount }] = JSON.parse(answer);
console.log(`${join(folder, filename)}: ${(size / 1e6).toFixed(1)} MB, ${entryCount} files`);
