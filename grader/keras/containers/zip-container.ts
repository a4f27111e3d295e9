import { clean } from '../../text/show.ts';
import { listEntries } from '../../zip/list-entries.ts';
import { entryBytes } from '../../zip/read-entry.ts';
import type { ZipEntry } from '../../zip/zip-entry.ts';
import { ZipFault, type ZipFaultKind } from '../../zip/zip-fault.ts';
import type { GraderError } from '../../errors.ts';
import type { Container, OpenSetting } from '../container.ts';
import { modelFileLimits } from '../limits.ts';
import { openFile, type OpenedBytes } from './byte-source.ts';
import { declaredBytes, openHdf5 } from './hdf5-file.ts';
import { checkGroups, optimizerArrays, weightsInGroups } from './keras-groups.ts';
import { checkConfigBytes, memberOf, parseJson, versionOf } from './parse-json.ts';
import type { Refusals } from './refusal.ts';
import { unreadMembers, unreadNote } from './unread.ts';
import { unpackEntry } from './zip-weights.ts';

type Entries = ReadonlyMap<string, ZipEntry>;

/** Opens a `.keras` file: a zip archive of the configuration and the weights as HDF5. */
export async function openZipContainer(path: string, setting: OpenSetting): Promise<Container> {
  try {
    return await open(path, setting);
  } catch (error) {
    throw error instanceof ZipFault ? refusalOf(error, setting.refusals) : error;
  }
}

async function open(path: string, setting: OpenSetting): Promise<Container> {
  const { refusals } = setting;
  const file = openFile(path, refusals);
  const entries = await listEntries(path, {
    maxEntries: modelFileLimits.zipEntries,
    maxBytes: modelFileLimits.fileBytes,
    maxRatio: modelFileLimits.compressionRatio,
    maxNameLength: modelFileLimits.nameLength,
  });
  const config = await readJson(file, entryOfConfig(entries, refusals), refusals);
  const metadata = entries.get('metadata.json');
  const about = metadata ? await readJson(file, metadata, refusals) : null;
  const weights = await unpackEntry(file, entryOfWeights(entries, refusals), setting);
  const hdf5 = await openHdf5(weights, setting);
  checkGroups(hdf5, refusals);
  return {
    kerasVersion: versionOf(memberOf(about, 'keras_version')),
    config,
    compile: memberOf(config, 'compile_config') ?? null,
    notes: [
      ...unreadNote('The archive', entries.keys(), (name) => members.includes(name)),
      ...unreadMembers('Its metadata.json', about, ['keras_version', 'date_saved']),
    ],
    bytes: file.bytes,
    optimizerBytes: declaredBytes(optimizerArrays(hdf5)),
    weights: (layer) => weightsInGroups(hdf5, layer, refusals),
    close() {
      hdf5.close();
      weights.close();
      file.close();
    },
  };
}

const members = ['metadata.json', 'config.json', 'model.weights.h5'];

/** The codes of what is wrong with an archive that is not damaged. */
const codes: Readonly<Record<Exclude<ZipFaultKind, 'damaged'>, string>> = {
  ...{ duplicate: 'zip-duplicate', overlap: 'zip-overlap', name: 'zip-name', link: 'zip-link' },
  ...{ encrypted: 'zip-encrypted', method: 'zip-method', 'too-many': 'zip-entries' },
  ...{ 'too-large': 'zip-too-large', 'long-name': 'zip-name', ratio: 'zip-ratio' },
};

const limits: ReadonlySet<ZipFaultKind> = new Set<ZipFaultKind>([
  ...(['too-many', 'too-large', 'long-name', 'ratio'] as const),
]);

function refusalOf(fault: ZipFault, refusals: Refusals): GraderError {
  const { kind, message } = fault;
  if (kind === 'damaged') return refusals.damaged(message, fault);
  return limits.has(kind)
    ? refusals.limit(codes[kind], message)
    : refusals.candidate(codes[kind], message, { cause: fault });
}

function entryOfConfig(entries: Entries, refusals: Refusals): ZipEntry {
  const entry = entries.get('config.json');
  if (entry !== undefined) return entry;
  const names = [...entries.keys()].slice(0, 4).map((name) => `"${clean(name, 40)}"`);
  throw refusals.candidate(
    'not-a-keras-file',
    `a zip archive without config.json (it holds ${names.join(', ') || 'nothing'}), ` +
      'so not a .keras file.',
    { help: 'Hand in what model.save("model.keras") wrote, not an archive around it.' },
  );
}

function entryOfWeights(entries: Entries, refusals: Refusals): ZipEntry {
  const entry = entries.get('model.weights.h5');
  if (entry !== undefined) return entry;
  throw refusals.candidate('weights-missing', 'it has no model.weights.h5.', {
    help: 'Hand in what model.save("model.keras") wrote, unchanged.',
  });
}

async function readJson(file: OpenedBytes, entry: ZipEntry, refusals: Refusals): Promise<unknown> {
  const what = `its ${clean(entry.name, 40)}`;
  checkConfigBytes({ what, bytes: Math.max(entry.bytes, entry.packedBytes) }, refusals);
  const text = new TextDecoder().decode(await entryBytes(file, entry));
  return parseJson({ text, what }, refusals);
}
