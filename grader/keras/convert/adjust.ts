import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { show } from '../../text/show.ts';
import { causalOption, isAttention } from './attention.ts';
import type { Conversion } from './conversion.ts';
import { checkFields, checkObject, isShape, isText, unknownOption } from './fields.ts';

interface FileLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What is spelled otherwise in one version or another. */
export function adjust(
  conversion: Conversion,
  { name, className, config: original, raw }: FileLayer,
  config: Record<string, unknown>,
): Record<string, unknown> {
  const axis = config['axis'];
  if (className === 'BatchNormalization' && Array.isArray(axis) && axis.length === 1) {
    config['axis'] = axis[0] as unknown;
  }
  // Of sequences of sequences; what comes in has its shape by itself.
  const { input_length: length } = config;
  if (className === 'Embedding' && Array.isArray(length) && isShape(length)) {
    delete config['input_length'];
  }
  if (className === 'Bidirectional') {
    if (isOneLayer(original['layer'], original['backward_layer'])) {
      delete config['backward_layer'];
    }
  }
  if (isAttention(className)) Object.assign(config, causalOption(name, raw['inbound_nodes']));
  if (config['stateful'] === true) {
    delete config['stateful'];
    conversion.notes.add(
      `The layer ${show(name)} is stateful; each example starts from a state of zeros here.`,
    );
  }
  if (className === 'Normalization') {
    // Keras's null is one mean for all values; elsewhere null stands for the default.
    if (original['axis'] === null) config['axis'] = [];
    for (const key of ['mean', 'variance']) {
      if (key in config)
        config[key] = plainValues(`The ${key} of the layer ${show(name)}`, config[key]);
    }
  }
  return config;
}

/** Whether the two directions are of one layer, once forwards and once backwards. */
function isOneLayer(layer: unknown, backward: unknown): boolean {
  const directions = [layer, backward].map((each) => {
    return isKerasObject(each) && isObject(each.config) ? each.config['go_backwards'] : undefined;
  });
  const areBoth = directions.includes(true) && directions.includes(false);
  return areBoth && comparable(layer) === comparable(backward);
}

/** All but what two directions of one layer differ in. */
function comparable(layer: unknown): string {
  if (!isKerasObject(layer) || !isObject(layer.config)) return '';
  const differing = ['name', 'go_backwards', 'dtype', 'build_config'];
  const entries = Object.entries(layer.config)
    .filter(([key]) => !differing.includes(key))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  // Ids of shared objects number what is the same.
  return JSON.stringify([layer.class_name, entries], (key, value: unknown) =>
    key === 'shared_object_id' ? undefined : value,
  );
}

/** Keras 2 may write a number array as `{class_name: '__numpy__', config: {value}}`. */
function plainValues(where: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  checkObject(where, value);
  const { config } = value;
  if (!isObject(config)) throw unknownOption(where, 'config', config);
  checkFields(where, config, { read: ['value'], harmless: { dtype: isText } });
  return config['value'];
}
