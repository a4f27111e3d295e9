// Writes docs/licences.md: every package that is installed for a grading, with its licence.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));

/** The packages of a lock file that are no development dependencies: path, version, licence. */
export function productionPackages() {
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version, license, hasInstallScript = false, integrity }]) => ({
      ...{ name: path.replace(/^.*node_modules\//, ''), version, hasInstallScript, integrity },
      licence: license ?? installed(path) ?? 'not stated',
    }));
}

function installed(path) {
  try {
    const text = readFileSync(new URL(`${path}/package.json`, root), 'utf8');
    const { license, licenses } = JSON.parse(text);
    return license?.type ?? license ?? licenses?.map(({ type }) => type).join(' or ');
  } catch {
    return undefined;
  }
}

export function licencesPage() {
  const lines = productionPackages().map(
    ({ name, version, licence }) => `- ${name} ${version}: ${licence}`,
  );
  const sorted = [...new Set(lines)].sort();
  return `# Licences\n\nWhat \`npm ci --omit=dev\` installs, made by \`npm run licences\`. TensorFlow, which the first grading\nbrings, is under Apache-2.0; NVIDIA's CUDA libraries, where a GPU is used, are under NVIDIA's own licence.\n\n${sorted.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('docs/licences.md', root), licencesPage());
}
