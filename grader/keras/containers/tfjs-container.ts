import { dirname } from 'node:path';
import type { ArraySource, Container, OpenSetting } from '../container.ts';
import { arraySource } from './array-source.ts';
import { checkDeclared } from './declared-weights.ts';
import { readModelJson } from './json-container.ts';
import { arraysOfLayer } from './layer-arrays.ts';
import { memberOf, versionOf } from './parse-json.ts';
import { readTfjsManifest, type TfjsArray } from './tfjs-manifest.ts';
import { openShards, type Shards } from './tfjs-shards.ts';
import { readStored } from './tfjs-values.ts';
import { unreadMembers } from './unread.ts';

const ofFile = [
  ...['format', 'generatedBy', 'convertedBy', 'modelTopology', 'weightsManifest', 'trainingConfig'],
];
const ofTopology = ['keras_version', 'backend', 'model_config', 'training_config'];

/** Opens a TF.js Layers model: `model.json` and the files of weights beside it. */
export function openTfjsContainer(path: string, { refusals, onProgress }: OpenSetting): Container {
  const { value, bytes } = readModelJson(path, refusals);
  if (memberOf(value, 'format') === 'graph-model') {
    throw refusals.candidate(
      'tfjs-graph-model',
      'a TF.js graph model, which has operations in place of layers.',
      { help: 'Convert the Keras model with --output_format tfjs_layers_model.' },
    );
  }
  const topology = memberOf(value, 'modelTopology');
  const isWrapped = memberOf(topology, 'model_config') !== undefined;
  const groups = readTfjsManifest(memberOf(value, 'weightsManifest'), refusals);
  checkDeclared(
    groups.flatMap(({ arrays }) => arrays),
    refusals,
  );
  const opened = openShards({ folder: dirname(path), groups, jsonBytes: bytes }, refusals);
  const arrays = groups.flatMap((group, index) =>
    group.arrays.map((array) => sourceOf(array, opened[index])),
  );
  function sourceOf(array: TfjsArray, shards: Shards | undefined): ArraySource {
    const { name, shape } = array;
    const pieces = () => (shards ? readStored(array, { source: shards, onProgress }) : []);
    return arraySource({ name, shape, pieces, refusals });
  }
  return {
    kerasVersion: versionOf(memberOf(topology, 'keras_version')),
    config: isWrapped ? memberOf(topology, 'model_config') : topology,
    compile: memberOf(topology, 'training_config') ?? memberOf(value, 'trainingConfig') ?? null,
    notes: [
      ...unreadMembers('The model.json', value, ofFile),
      // Else it is the model itself, and read as one.
      ...(isWrapped ? unreadMembers('Its modelTopology', topology, ofTopology) : []),
    ],
    bytes: opened.reduce((sum, shards) => sum + shards.bytes, bytes),
    optimizerBytes: 0,
    parts: groups.flatMap(({ shards }) => shards),
    weights: arrays.length === 0 ? null : (layer) => arraysOfLayer(arrays, layer),
    close: () => opened.forEach((shards) => shards.close()),
  };
}
