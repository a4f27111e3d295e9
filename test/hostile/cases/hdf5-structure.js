import { Buffer } from 'node:buffer';
import { floats, kernel, kerasHdf5, withKernel } from '../model.js';
import { externalLink, softLink, toRoot, userLink } from '../write/hdf5.js';
import { integer, int64, objectReference, text, variableText } from '../write/hdf5-types.js';

const cut = (bytes, share) => bytes.subarray(0, Math.floor(bytes.length * share));

/** Builds a chain of that many groups, each in the other; answers the outermost. */
function chain(file, length, innermost) {
  let inner = innermost ?? file.group();
  for (let index = 0; index < length; index++) inner = file.group({ g: inner });
  return inner;
}

const many = (count, make) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => make(at)));

/** HDF5 files whose structure leads elsewhere, in circles, or nowhere. */
export const hdf5Structure = {
  'cut-in-half.h5': {
    bytes: () => cut(kerasHdf5(), 0.5),
    code: 'candidate model-file-damaged',
    why: 'an upload that broke off',
  },
  'cut-at-the-end.h5': {
    bytes: () => cut(kerasHdf5(), 0.97),
    code: 'candidate model-file-damaged',
    why: 'the last bytes are missing',
  },
  'header-only.h5': {
    bytes: () => cut(kerasHdf5(), 0.01),
    code: 'candidate no-model-inside',
    why: 'the superblock is cut',
  },
  'root-beyond-the-end.h5': {
    bytes: () => patched(64, integer(2 ** 40, 8)),
    code: 'candidate model-file-damaged',
    why: 'the root group lies outside of the file',
  },
  'superblock-version-9.h5': {
    bytes: () => patched(8, Buffer.from([9])),
    code: 'candidate model-file-damaged',
    why: 'a version that does not exist',
  },
  'external-link.h5': {
    bytes: () => withKernel(() => externalLink('/etc/passwd', '/x')),
    code: 'candidate hdf5-external',
    why: 'an external link',
  },
  'external-link-model-weights.h5': {
    bytes: () =>
      kerasHdf5({ root: () => ({ model_weights: externalLink('../other.h5', '/model_weights') }) }),
    code: 'candidate hdf5-external',
    why: 'all weights in another file',
  },
  'soft-link.h5': {
    bytes: () => withKernel(() => softLink('/model_weights/dense/dense/bias:0')),
    code: 'candidate hdf5-link',
    why: 'a soft link',
  },
  'dangling-soft-link.h5': {
    bytes: () => withKernel(() => softLink('/nowhere')),
    code: 'candidate hdf5-link',
    why: 'a soft link to nothing',
  },
  'soft-link-to-itself.h5': {
    bytes: () => withKernel(() => softLink('/model_weights/dense/dense/kernel:0')),
    code: 'candidate hdf5-link',
    why: 'a soft link that names itself',
  },
  'user-defined-link.h5': {
    bytes: () => withKernel(() => userLink(200, 'x')),
    code: 'candidate model-file-damaged',
    why: 'a user-defined link',
  },
  'cycle-to-root.h5': {
    bytes: () =>
      kerasHdf5({
        dense: (file) => ({ loop: toRoot, 'kernel:0': plain(file), 'bias:0': plain(file) }),
      }),
    code: 'candidate hdf5-link',
    why: 'a hard link back to the root group',
  },
  'weights-are-the-root.h5': {
    bytes: () => kerasHdf5({ root: () => ({ model_weights: toRoot }) }),
    code: 'candidate hdf5-link',
    why: 'model_weights is the root',
  },
  'weight-is-a-group.h5': {
    bytes: () => withKernel((file) => file.group()),
    code: 'candidate model-file-damaged',
    why: 'a group in the place of an array',
  },
  'model-weights-is-an-array.h5': {
    bytes: () => kerasHdf5({ root: (file) => ({ model_weights: plain(file) }) }),
    code: 'candidate model-file-damaged',
    why: 'an array in the place of a group',
  },
  'groups-deep.h5': {
    bytes: () =>
      kerasHdf5({ root: (file, weights) => ({ model_weights: chain(file, 3000, weights) }) }),
    code: 'limit hdf5-depth',
    why: '3,000 groups in each other',
  },
  'groups-deep-beside.h5': {
    bytes: () => kerasHdf5({ root: (file) => ({ optimizer_weights: chain(file, 3000) }) }),
    code: 'limit hdf5-depth',
    why: 'the same beside the weights',
  },
  'many-links.h5': {
    bytes: () =>
      kerasHdf5({
        root: (file, weights) => ({
          model_weights: file.group(many(35_000, (at) => [`layer_${at}`, weights])),
        }),
      }),
    code: 'candidate hdf5-link',
    why: '35,000 links to one group',
  },
  'doubling-groups.h5': {
    bytes: () => kerasHdf5({ root: (file) => ({ optimizer_weights: doubled(file, 20) }) }),
    code: 'candidate hdf5-link',
    why: '2^20 paths through 20 groups',
  },
  'link-name-60000.h5': {
    bytes: () =>
      withKernel(plain, {
        weights: ['x'.repeat(60_000)],
        root: (file) => ({ ['y'.repeat(60_000)]: file.group() }),
      }),
    code: 'limit hdf5-name',
    why: 'names of 60,000 characters',
  },
  'link-name-escapes.h5': {
    bytes: () => kerasHdf5({ dense: (file) => ({ '\u001b[2J\u001b]0;pwned\u0007': plain(file) }) }),
    code: 'candidate weights-do-not-fit',
    why: 'a name that would clear the terminal',
  },
  'link-name-slash.h5': {
    bytes: () => kerasHdf5({ root: (file) => ({ '\u001b[2J/\u202e..': file.group() }) }),
    code: 'candidate model-file-damaged',
    why: 'a name with a slash and escapes, which no library writes',
  },
  'weight-names-go-up.h5': {
    bytes: () => kerasHdf5({ weights: ['../../../etc/passwd', '/etc/passwd'] }),
    code: 'candidate model-file-damaged',
    why: 'names of arrays that lead out of the group',
  },
  'weight-names-numbers.h5': {
    bytes: () => kerasHdf5({ weights: { type: int64, shape: [2], bytes: Buffer.alloc(16) } }),
    code: 'candidate model-file-damaged',
    why: 'names of arrays that are numbers',
  },
  'weight-names-huge.h5': {
    bytes: () =>
      kerasHdf5({ weights: { type: text(8), shape: [2 ** 40], bytes: Buffer.alloc(16) } }),
    code: 'candidate model-file-damaged',
    why: 'an attribute of 2^40 names',
  },
  'config-is-numbers.h5': {
    bytes: () =>
      kerasHdf5({
        config: null,
        attributes: () => ({ model_config: { type: int64, shape: [4], bytes: Buffer.alloc(32) } }),
      }),
    code: 'candidate model-file-damaged',
    why: 'a model_config of numbers',
  },
  'config-is-a-reference.h5': {
    bytes: () =>
      kerasHdf5({
        config: null,
        attributes: () => ({
          model_config: { type: objectReference, shape: [], bytes: Buffer.alloc(8) },
        }),
      }),
    code: 'candidate model-file-damaged',
    why: 'a model_config that is a reference',
  },
  'config-heap-beyond.h5': {
    bytes: () => damagedHeap(),
    code: 'candidate model-file-damaged',
    why: 'a model_config whose text lies outside of the file',
  },
  'attribute-bomb.h5': {
    bytes: () => kerasHdf5({ attributes: () => many(8000, (at) => [`note_${at}`, 'x']) }),
    code: 'limit hdf5-attributes',
    why: '8,000 attributes',
  },
  'attribute-shared-heap.h5': {
    bytes: () => kerasHdf5({ config: null, attributes: sharedHeap }),
    code: 'limit hdf5-memory',
    why: 'an attribute of 4,000 texts that are one text of 1 MB',
  },
};

function patched(at, bytes) {
  const whole = kerasHdf5();
  bytes.copy(whole, at);
  return whole;
}

function plain(file) {
  return file.dataset({ shape: [4, 1], bytes: floats(...kernel) });
}

function doubled(file, levels) {
  let inner = file.group();
  for (let level = 0; level < levels; level++) inner = file.group({ a: inner, b: inner });
  return inner;
}

function damagedHeap() {
  const whole = kerasHdf5({ config: ' '.repeat(40_000) });
  whole.write('XXXX', whole.indexOf('GCOL'));
  return whole;
}

function sharedHeap(file) {
  const { address, bytes } = file.heap(Buffer.alloc(1_000_000, '{'));
  const place = Buffer.concat([integer(bytes, 4), integer(address, 8), integer(1, 4)]);
  return {
    model_config: {
      type: variableText,
      shape: [4000],
      bytes: Buffer.concat(Array(4000).fill(place)),
    },
  };
}
