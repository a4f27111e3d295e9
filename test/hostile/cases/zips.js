import { Buffer } from 'node:buffer';
import { deflateRawSync } from 'node:zlib';
import { kerasEntries, kerasThree, kerasWeights, kerasZip, floats } from '../model.js';
import { integer } from '../write/hdf5-types.js';
import { zip } from '../write/zip.js';

const added =
  (...entries) =>
  () =>
    kerasZip({}, (usual) => [...usual, ...entries]);

/** The usual entries with one of them changed. */
const changed = (name, change) => () =>
  kerasZip({}, (entries) =>
    entries.map((entry) => (entry.name === name ? { ...entry, ...change(entry) } : entry)),
  );

const without = (name) => () =>
  kerasZip({}, (entries) => entries.filter((entry) => entry.name !== name));

const link = 0o120777 * 0x10000;

const zeros = 100 * 1_048_576;
const deflatedZeros = { method: 8, raw: deflateRawSync(Buffer.alloc(zeros)), size: zeros, crc: 0 };

const array = (shape, values) => (file) => file.dataset({ shape, bytes: floats(...values) });

/** `.keras` files: zip archives that lie, lead elsewhere or are too large. */
export const zips = {
  'cut-in-half.keras': {
    bytes: () => kerasZip().subarray(0, 900),
    code: 'candidate model-file-damaged',
    why: 'a zip without its directory',
  },
  'cut-at-the-end.keras': {
    bytes: () => kerasZip().subarray(0, -9),
    code: 'candidate model-file-damaged',
    why: 'a zip whose last bytes are missing',
  },
  'empty-zip.keras': {
    bytes: () => kerasZip({}, () => []),
    code: 'candidate no-model-inside',
    why: 'a zip without entries',
  },
  'no-config.keras': {
    bytes: without('config.json'),
    code: 'candidate not-a-keras-file',
    why: 'no config.json',
  },
  'no-weights.keras': {
    bytes: without('model.weights.h5'),
    code: 'candidate weights-missing',
    why: 'no model.weights.h5',
  },
  'config-not-json.keras': {
    bytes: () => kerasZip({ config: '{"class_name"' }),
    code: 'candidate model-config',
    why: 'a config.json that breaks off',
  },
  'weights-not-hdf5.keras': {
    bytes: () => kerasZip({ weights: Buffer.from('hello') }),
    code: 'candidate model-file-damaged',
    why: 'weights that are no HDF5 file',
  },
  'weights-cut.keras': {
    bytes: () => kerasZip({ weights: kerasWeights().subarray(0, 700) }),
    code: 'candidate model-file-damaged',
    why: 'weights that break off',
  },
  'path-traversal.keras': {
    bytes: added({ name: '../../../tmp/evil.txt', data: 'x' }),
    code: 'candidate zip-name',
    why: 'a name that leads out of the folder',
  },
  'path-traversal-windows.keras': {
    bytes: added({ name: '..\\..\\evil.txt', data: 'x' }),
    code: 'candidate zip-name',
    why: 'the same with backslashes',
  },
  'absolute-name.keras': {
    bytes: added({ name: '/etc/cron.d/evil', data: 'x' }),
    code: 'candidate zip-name',
    why: 'an absolute name',
  },
  'drive-name.keras': {
    bytes: added({ name: 'C:/evil.txt', data: 'x' }),
    code: 'candidate zip-name',
    why: 'a name on a drive',
  },
  'name-with-nul.keras': {
    bytes: added({ name: 'assets/a\0.txt', data: 'x' }),
    code: 'candidate zip-name',
    why: 'a zero byte in a name',
  },
  'name-escapes.keras': {
    bytes: added({ name: '../\u001b[2J\u0007', data: 'x' }),
    code: 'candidate zip-name',
    why: 'a name that would clear the terminal',
  },
  'name-60000.keras': {
    bytes: added({ name: `assets/${'x'.repeat(60_000)}`, data: 'x' }),
    code: 'limit zip-name',
    why: 'a name of 60,000 characters',
  },
  'duplicate-config.keras': {
    bytes: added({ name: 'config.json', data: JSON.stringify(kerasThree({ units: 2 })) }),
    code: 'candidate zip-duplicate',
    why: 'two entries of one name',
  },
  'duplicate-name.keras': {
    bytes: added({ name: 'assets/a', data: 'x' }, { name: 'assets/a', data: 'y' }),
    code: 'candidate zip-duplicate',
    why: 'the same for an asset',
  },
  'symlink.keras': {
    bytes: changed('model.weights.h5', () => ({
      data: Buffer.from('/etc/passwd'),
      attributes: link,
    })),
    code: 'candidate zip-link',
    why: 'weights that are a symbolic link',
  },
  'symlink-asset.keras': {
    bytes: added({ name: 'assets/vocabulary.txt', data: '/etc/passwd', attributes: link }),
    code: 'candidate zip-link',
    why: 'an asset that is a symbolic link',
  },
  'wrong-crc.keras': {
    bytes: changed('model.weights.h5', () => ({ crc: 0x12345678 })),
    code: 'candidate model-file-damaged',
    why: 'weights of another checksum',
  },
  'wrong-crc-config.keras': {
    bytes: changed('config.json', () => ({ crc: 0x12345678, method: 8 })),
    code: 'candidate model-file-damaged',
    why: 'a configuration of another checksum',
  },
  'encrypted.keras': {
    bytes: changed('config.json', () => ({ flags: 0x801 })),
    code: 'candidate zip-encrypted',
    why: 'an encrypted entry',
  },
  'method-99.keras': {
    bytes: changed('config.json', () => ({ method: 99 })),
    code: 'candidate zip-method',
    why: 'a compression that does not exist',
  },
  'stored-size-lies.keras': {
    bytes: changed('model.weights.h5', () => ({ size: 400_000_000 })),
    code: 'candidate model-file-damaged',
    why: 'a stored entry that says another size',
  },
  'deflated-size-lies.keras': {
    bytes: changed('config.json', ({ data }) => ({
      method: 8,
      size: Buffer.byteLength(data) - 20,
    })),
    code: 'candidate model-file-damaged',
    why: 'an entry that inflates to more than it says',
  },
  'deflated-damaged.keras': {
    bytes: changed('config.json', ({ data }) => ({
      method: 8,
      raw: Buffer.alloc(300, 0xff),
      size: Buffer.byteLength(data),
    })),
    code: 'candidate model-file-damaged',
    why: 'an entry that does not inflate',
  },
  'local-name-differs.keras': {
    bytes: changed('config.json', () => ({ localName: 'config.jsox' })),
    code: 'candidate model-file-damaged',
    why: 'a local header of another name',
  },
  'bomb.keras': {
    bytes: changed('config.json', () => deflatedZeros),
    code: 'limit zip-ratio',
    why: '100 MB of zeros as the configuration',
  },
  'bomb-weights.keras': {
    bytes: changed('model.weights.h5', () => deflatedZeros),
    code: 'limit zip-ratio',
    why: '100 MB of zeros as the weights',
  },
  'bomb-asset.keras': {
    bytes: added({ name: 'assets/vocabulary.txt', ...deflatedZeros }),
    code: 'limit zip-ratio',
    why: '100 MB of zeros as an asset',
  },
  'bomb-4gb-declared.keras': {
    bytes: changed('model.weights.h5', () => ({ method: 8, size: 0xfffffffe })),
    code: 'limit zip-ratio',
    why: '4 GB declared',
  },
  'overlapping.keras': {
    bytes: () => overlapping(),
    code: 'candidate model-file-damaged',
    why: 'entries that share their bytes',
  },
  'entries-60000.keras': {
    bytes: () => crowded(60_000),
    code: 'limit zip-entries',
    why: '60,000 entries',
  },
  'entries-70000.keras': {
    bytes: () => crowded(70_000, { count: 70_000 % 65_536 }),
    code: 'limit zip-entries',
    why: '70,000 entries, of which the directory says the last 16 bits',
  },
  'entries-said-60000.keras': {
    bytes: () => kerasZip({}, (usual) => usual, { count: 60_000 }),
    code: 'limit zip-entries',
    why: 'more entries said than there are',
  },
  'directory-beyond.keras': {
    bytes: () => kerasZip({}, (usual) => usual, { offset: 0x7fffffff }),
    code: 'candidate model-file-damaged',
    why: 'a directory outside of the file',
  },
  'zip64-lies.keras': {
    bytes: () => zip64(2 ** 40),
    code: 'candidate model-file-damaged',
    why: 'a zip64 directory at 2^40',
  },
  'zip64-entry-lies.keras': {
    bytes: changed('model.weights.h5', () => ({
      size: 0xffffffff,
      compressedSize: 0xffffffff,
      extra: Buffer.concat([
        integer(1, 2),
        integer(16, 2),
        integer(2 ** 50, 8),
        integer(2 ** 50, 8),
      ]),
    })),
    code: 'candidate model-file-damaged',
    why: 'an entry of 2^50 bytes',
  },
  'weights-shape.keras': {
    bytes: () =>
      kerasZip({
        weights: kerasWeights({ variables: (file) => ({ 0: array([2, 2], [1, 2, 3, 4])(file) }) }),
      }),
    code: 'candidate weights-do-not-fit',
    why: 'a kernel of another shape',
  },
  'weights-nan.keras': {
    bytes: () =>
      kerasZip({
        weights: kerasWeights({ variables: (file) => ({ 1: array([1], [NaN])(file) }) }),
      }),
    code: 'candidate weights-not-finite',
    why: 'a bias that is not a number',
  },
  'weights-extra.keras': {
    bytes: () =>
      kerasZip({ weights: kerasWeights({ variables: (file) => ({ 2: array([1], [1])(file) }) }) }),
    code: 'candidate weights-do-not-fit',
    why: 'an array more than the layer has',
  },
  'weights-of-another-layer.keras': {
    bytes: () => kerasZip({ weights: kerasWeights({ name: 'output' }) }),
    code: 'candidate weights-of-another-layer',
    why: 'weights that name another layer',
  },
  'config-of-keras-2.keras': {
    bytes: () => kerasZip({ config: '[]' }),
    code: 'candidate model-config',
    why: 'a list as the configuration',
  },
};

const crowded = (count, end) =>
  kerasZip(
    {},
    (usual) => [
      ...usual,
      ...Array.from({ length: count }, (_, at) => ({ name: `assets/${at}`, at: 0 })),
    ],
    end,
  );

/** The directory has the entry of the configuration three times under other names. */
function overlapping() {
  const entries = kerasEntries();
  const place = 30 + 'metadata.json'.length + Buffer.byteLength(entries[0].data);
  const copies = ['assets/a', 'assets/b'].map((name) => ({
    ...entries[1],
    name,
    localName: 'config.json',
    at: place,
  }));
  return zip([...entries, ...copies]);
}

function zip64(offset) {
  const record = Buffer.concat([
    ...[Buffer.from('PK\x06\x06'), integer(44, 8), integer(45, 2), integer(45, 2), integer(0, 8)],
    ...[integer(3, 8), integer(3, 8), integer(200, 8), integer(offset, 8)],
  ]);
  const plain = zip(kerasEntries());
  const at = plain.length - 22;
  const locator = Buffer.concat([
    Buffer.from('PK\x06\x07'),
    integer(0, 4),
    integer(at, 8),
    integer(1, 4),
  ]);
  return zip(kerasEntries(), {
    before: Buffer.concat([record, locator]),
    count: 0xffff,
    size: 0xffffffff,
    offset: 0xffffffff,
  });
}
