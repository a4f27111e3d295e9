import { Buffer } from 'node:buffer';
import { deflateSync, gzipSync } from 'node:zlib';
import { kerasHdf5, kerasTwo, kerasZip } from '../model.js';

/** Files that somebody hands in by mistake: each has a message of its own. */
export const mistaken = {
  'empty.h5': { bytes: () => Buffer.alloc(0), code: 'candidate empty-file', why: 'an empty file' },
  'two-bytes.h5': {
    bytes: () => Buffer.from('\r\n'),
    code: 'candidate no-model-inside',
    why: 'two bytes, as found in public repositories',
  },
  'lfs-pointer.h5': {
    bytes: () =>
      'version https://git-lfs.github.com/spec/v1\n' +
      'oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
    code: 'candidate git-lfs-pointer',
    why: 'what git leaves where git-lfs is not installed',
  },
  'web-page.h5': {
    bytes: () => '\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n',
    code: 'candidate html-page',
    why: 'the page of a download link',
  },
  'error-page.keras': {
    bytes: () => '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>',
    code: 'candidate xml-file',
    why: 'an error of a storage service',
  },
  'utf-16.json': {
    bytes: () => Buffer.from(`\ufeff${JSON.stringify(kerasTwo())}`, 'utf16le'),
    code: 'candidate not-utf-8',
    why: 'JSON as some Windows editors save it',
  },
  'document.h5': {
    bytes: () => '%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n',
    code: 'candidate no-model-inside',
    why: 'a PDF',
  },
  'picture.h5': {
    bytes: () => Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')], 100),
    code: 'candidate no-model-inside',
    why: 'a PNG',
  },
  'model.h5.gz': {
    bytes: () => gzipSync(kerasHdf5()),
    code: 'candidate unsupported-format',
    why: 'a gzipped HDF5 file',
  },
  'pickle.h5': {
    bytes: () =>
      Buffer.concat([Buffer.from('8004951c000000000000008c0a6b65726173948c05', 'hex')], 100),
    code: 'candidate unsupported-format',
    why: 'a Python pickle',
  },
  'saved_model.pb': {
    bytes: () => Buffer.from('080112a8020a0a0a0361646412033a0101', 'hex'),
    code: 'candidate unsupported-format',
    why: 'the graph of a SavedModel',
  },
  'arrays.npz': {
    bytes: () => kerasZip({}, () => [{ name: 'arr_0.npy', data: '\x93NUMPY' }]),
    code: 'candidate unsupported-format',
    why: 'arrays of NumPy',
  },
  'saved-model.zip': {
    bytes: () =>
      kerasZip({}, () => [
        { name: 'model/saved_model.pb', data: 'x' },
        { name: 'model/variables/variables.index', data: 'x' },
      ]),
    code: 'candidate unsupported-format',
    why: 'a zipped SavedModel',
  },
  'word.docx': {
    bytes: () =>
      kerasZip({}, () => [
        { name: '[Content_Types].xml', data: '<x/>' },
        { name: 'word/document.xml', data: '<x/>' },
      ]),
    code: 'candidate not-a-keras-file',
    why: 'an office document',
  },
  'zipped-model.zip': {
    bytes: () => kerasZip({}, () => [{ name: 'mymodel.h5', data: kerasHdf5() }]),
    code: 'candidate not-a-keras-file',
    why: 'a zip with a model file inside',
  },
  'notebook.ipynb': {
    bytes: () => JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    code: 'candidate unsupported-format',
    why: 'a notebook',
  },
  'script.h5': {
    bytes: () => 'import tensorflow as tf\nmodel = tf.keras.Sequential()\n',
    code: 'candidate no-model-inside',
    why: 'the training script',
  },
  'random.h5': {
    bytes: () => deflateSync(Buffer.alloc(100_000, 'noise')),
    code: 'candidate no-model-inside',
    why: 'bytes of no format',
  },
  'weights-only.weights.h5': {
    bytes: () => kerasHdf5({ config: null }),
    code: 'candidate weights-only',
    why: 'model.save_weights: no architecture',
  },
  'hdf5-of-others.h5': {
    bytes: () => kerasHdf5({ config: null, weights: [] }),
    code: 'candidate weights-only',
    why: 'an HDF5 file of something else',
  },
  'folder.h5': { folder: {}, code: 'usage not-a-file', why: 'a folder' },
};
