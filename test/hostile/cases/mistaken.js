import { Buffer } from 'node:buffer';
import { deflateSync, gzipSync } from 'node:zlib';
import { kerasHdf5, kerasTwo, kerasZip } from '../model.js';

/** Files that somebody hands in by mistake: each has a message of its own. */
export const mistaken = {
  'empty.h5': { bytes: () => Buffer.alloc(0), why: 'an empty file' },
  'two-bytes.h5': {
    bytes: () => Buffer.from('\r\n'),
    why: 'two bytes, as found in public repositories',
  },
  'lfs-pointer.h5': {
    bytes: () =>
      'version https://git-lfs.github.com/spec/v1\n' +
      'oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
    why: 'what git leaves where git-lfs is not installed',
  },
  'web-page.h5': {
    bytes: () => '\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n',
    why: 'the page of a download link',
  },
  'error-page.keras': {
    bytes: () => '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>',
    why: 'an error of a storage service',
  },
  'utf-16.json': {
    bytes: () => Buffer.from(`\ufeff${JSON.stringify(kerasTwo())}`, 'utf16le'),
    why: 'JSON as some Windows editors save it',
  },
  'document.h5': { bytes: () => '%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n', why: 'a PDF' },
  'picture.h5': {
    bytes: () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    why: 'a PNG',
  },
  'model.h5.gz': { bytes: () => gzipSync(kerasHdf5()), why: 'a gzipped HDF5 file' },
  'pickle.h5': {
    bytes: () => Buffer.from('8004951c000000000000008c0a6b657261732e6d6f64656c948c05', 'hex'),
    why: 'a Python pickle',
  },
  'saved_model.pb': {
    bytes: () => Buffer.from('080112a8020a0a0a0361646412033a0101', 'hex'),
    why: 'the graph of a SavedModel',
  },
  'arrays.npz': {
    bytes: () => kerasZip({}, () => [{ name: 'arr_0.npy', data: '\x93NUMPY' }]),
    why: 'arrays of NumPy',
  },
  'saved-model.zip': {
    bytes: () =>
      kerasZip({}, () => [
        { name: 'model/saved_model.pb', data: 'x' },
        { name: 'model/variables/variables.index', data: 'x' },
      ]),
    why: 'a zipped SavedModel',
  },
  'word.docx': {
    bytes: () =>
      kerasZip({}, () => [
        { name: '[Content_Types].xml', data: '<x/>' },
        { name: 'word/document.xml', data: '<x/>' },
      ]),
    why: 'an office document',
  },
  'zipped-model.zip': {
    bytes: () => kerasZip({}, () => [{ name: 'mymodel.h5', data: kerasHdf5() }]),
    why: 'a zip with a model file inside',
  },
  'notebook.ipynb': {
    bytes: () => JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    why: 'a notebook',
  },
  'script.h5': {
    bytes: () => 'import tensorflow as tf\nmodel = tf.keras.Sequential()\n',
    why: 'the training script',
  },
  'random.h5': {
    bytes: () => deflateSync(Buffer.alloc(100_000, 'noise')),
    why: 'bytes of no format',
  },
  'weights-only.weights.h5': {
    bytes: () => kerasHdf5({ config: null }),
    why: 'model.save_weights: no architecture',
  },
  'hdf5-of-others.h5': {
    bytes: () => kerasHdf5({ config: null, weights: [] }),
    why: 'an HDF5 file of something else',
  },
  'folder.h5': { folder: {}, why: 'a folder' },
};
