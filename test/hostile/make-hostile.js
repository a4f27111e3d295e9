// node make-hostile.js FOLDER: writes hostile and odd model files and index.json, the table of them.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accepted } from './cases/accepted.js';
import { configs } from './cases/configs.js';
import { hdf5Arrays } from './cases/hdf5-arrays.js';
import { hdf5Structure } from './cases/hdf5-structure.js';
import { mistaken } from './cases/mistaken.js';
import { tfjsFolders } from './cases/tfjs.js';
import { zips } from './cases/zips.js';

const groups = { accepted, mistaken, hdf5Structure, hdf5Arrays, configs, zips, tfjsFolders };

const [, , folder] = process.argv;
mkdirSync(folder, { recursive: true });
const index = Object.entries(groups).flatMap(([group, cases]) =>
  Object.entries(cases).map(([name, one]) => write(group, name, one)),
);
writeFileSync(join(folder, 'index.json'), JSON.stringify(index, null, 1));

function write(group, name, { bytes, folder: files, code = null, why }) {
  const path = join(folder, group, name);
  mkdirSync(dirname(path), { recursive: true });
  const entry = { group, name, path: `${group}/${name}`, code, why };
  if (bytes) {
    writeFileSync(path, bytes());
    return entry;
  }
  const contents = typeof files === 'function' ? files() : files;
  mkdirSync(path, { recursive: true });
  for (const [inner, content] of Object.entries(contents)) put(join(path, inner), content);
  return { ...entry, path: 'model.json' in contents ? `${entry.path}/model.json` : entry.path };
}

function put(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, path);
  else writeFileSync(path, content);
}
