import { GraderError } from '../../errors.ts';
import { isObject } from '../../recipe/keras-class.ts';
import { stateCount } from '../../recipe/layers/outputs.ts';
import { layersWithin } from '../../recipe/layers/wrapped.ts';
import { show } from '../../text/show.ts';
import type { LayerPath } from '../container.ts';
import {
  Conversion,
  isNotComputed,
  type ConvertedValue,
  type FlatLayer,
  type Tensor,
} from './conversion.ts';
import { checkAttention, checkMask, isAttention, makesMask } from './attention.ts';
import { isBatchSize } from './operations/batch-size.ts';
import { checkCall, inputsOf, skipsFromState } from './calls.ts';
import { withCells } from './cell-groups.ts';
import { entriesOf, impliedInput, isModelClass, type Entry } from './entries.ts';
import { functionalModel } from './functional-model.ts';
import { dtypeName } from './dtype.ts';
import { checkStates } from './input-count.ts';
import { checkInput, convertInput } from './input-layer.ts';
import { convertLayer } from './layer.ts';
import { applyOperation } from './operations/apply-operation.ts';
import { isOperation } from './operations/is-operation.ts';
import { isWholeDtype } from './operations/whole-numbers.ts';
import { readCalls, readEnds, type Reference } from './references.ts';
import { notMade, outputsUsed, pendingCalls, type Pending } from './pending.ts';
import { malformed } from './refusal.ts';

/** Where in the file a model stands, and what holds for all of it. */
interface Scope {
  readonly path: LayerPath;
  /** False where this model or one around it is frozen. */
  readonly trainable: boolean;
}

const deepest = 8;
/**
 * Dissolves a model and all models in it into the layers of one flat graph. A model inside of another
 * that is called several times has its layers called as often: they share their weights.
 */
export class Flattening {
  private readonly conversion: Conversion;
  private readonly known = new Map<string, FlatLayer>();

  constructor(conversion: Conversion) {
    this.conversion = conversion;
  }

  /** The inputs and outputs of the model around all others, or of one that stands in a layer. */
  run(
    className: string,
    config: unknown,
    scope: Scope = { path: [], trainable: true },
  ): { inputs: readonly Tensor[]; outputs: readonly Tensor[] } {
    const inputs: Tensor[] = [];
    const outputs = this.apply({ className, config, scope }, (entry) => {
      const layer = this.layer(entry, () => ({
        ...convertInput(this.conversion, entry),
        path: entry.path,
      }));
      const input = { layer, call: 0, output: 0 };
      if (isWholeDtype(dtypeName(entry.config['dtype']))) this.conversion.whole.add(layer);
      inputs.push(input);
      return input;
    });
    const made = outputs.map(computed);
    this.conversion.dropUnused(made);
    return { inputs, outputs: made };
  }

  /** Calls a model; `input` gives the tensor in the place of its n-th input layer. */
  private apply(model: ModelCall, input: InputOf): readonly ConvertedValue[] {
    if (model.scope.path.length > deepest) {
      throw tooLarge(`Models are nested more than ${deepest} deep.`);
    }
    this.conversion.count();
    const entries = entriesOf(model.config, model.scope.path, this.conversion.generation);
    return model.className === 'Sequential'
      ? [this.applySequential(model, entries, input)]
      : this.applyFunctional(model, entries, input);
  }

  private applySequential(
    { config, scope }: ModelCall,
    entries: readonly Entry[],
    input: InputOf,
  ): ConvertedValue {
    const [first, ...others] = entries;
    if (!first) throw malformed('A Sequential model has no layers.');
    const hasInput = first.className === 'InputLayer';
    let value = input(hasInput ? first : impliedInput(first, config));
    for (const entry of hasInput ? others : entries) {
      if (entry.className === 'InputLayer') continue;
      const [next] = this.applyEntry(entry, [value], scope);
      if (!next) throw malformed(`The model ${show(entry.name)} has no output.`);
      value = next;
    }
    return value;
  }

  private applyFunctional(
    { config, scope }: ModelCall,
    entries: readonly Entry[],
    input: InputOf,
  ): readonly ConvertedValue[] {
    const settings = isObject(config) ? config : {};
    const named = new Map(entries.map((entry) => [entry.name, entry]));
    const made = new Map<string, readonly ConvertedValue[]>();
    const place = ({ layer, node }: Reference) =>
      key(layer, Math.max(0, node - this.nodeOffset(named.get(layer))));
    const find = (reference: Reference) => {
      const outputs = made.get(place(reference));
      // What is not computed may have any number of outputs.
      return outputs?.[reference.output] ?? outputs?.find(isNotComputed);
    };
    for (const { layer } of readEnds(settings['input_layers'])) {
      const entry = named.get(layer);
      if (entry?.className !== 'InputLayer') {
        throw malformed(
          `The model names ${show(layer)} as an input, which is no input layer of it.`,
        );
      }
      made.set(key(layer, 0), [input(entry)]);
    }
    const pending = pendingCalls(entries);
    const ends = readEnds(settings['output_layers']);
    const uses = outputsUsed(pending, ends);
    this.applyCalls({ pending, scope, made, named, place, find, uses });
    return ends.map((end) => {
      const value = find(end);
      if (!value)
        throw malformed(`The model names an output of ${show(end.layer)} that is not made.`);
      return value;
    });
  }

  /** Calls what has all its inputs; what has not waits for the first that it lacks. */
  private applyCalls({ pending, scope, made, named, place, find, uses }: Graph): void {
    const waiting = new Map<string, Pending[]>();
    const ready = [...pending];
    for (const each of ready) {
      const { entry, call, node } = each;
      const inputs = inputsOf(entry.className, call);
      const lacking = inputs.find((input) => !find(input));
      if (lacking) {
        const others = waiting.get(place(lacking));
        if (others) others.push(each);
        else waiting.set(place(lacking), [each]);
        continue;
      }
      checkCall({ ...entry, generation: this.conversion.generation }, call);
      this.checkMasks(each, named);
      const values = inputs.flatMap((input) => find(input) ?? []);
      const outputs = isOperation(entry.raw, this.conversion.generation)
        ? applyOperation(this.conversion, entry, {
            ...{ call, values, outputs: uses(entry.name) },
            isBatchSize: (reference) => isBatchSize(reference, { named, find }),
          })
        : this.applyEntry(entry, values, scope);
      const own = key(entry.name, node);
      made.set(own, outputs);
      for (const freed of waiting.get(own) ?? []) ready.push(freed);
      waiting.delete(own);
    }
    const [stuck] = [...waiting.values()].flat();
    if (stuck) throw notMade(stuck, find);
  }

  /** Keras 3 writes down the masks that come from its own layers, as operations. */
  private checkMasks({ entry, call }: Pending, named: Graph['named']): void {
    const { generation, layers } = this.conversion;
    if (isOperation(entry.raw, generation)) return;
    const isOwnMask = (references: readonly Reference[]) =>
      generation === 'keras3' &&
      layers.some(makesMask) &&
      references.every(({ layer }) => isOperation(named.get(layer)?.raw ?? {}, generation));
    if (isAttention(entry.className)) checkAttention({ ...entry, call, isOwnMask });
    else checkMask({ ...entry, call, isOwnMask });
  }

  private applyEntry(
    entry: Entry,
    values: readonly ConvertedValue[],
    scope: Scope,
  ): readonly ConvertedValue[] {
    const { className, config, path } = entry;
    const trainable = scope.trainable && config['trainable'] !== false;
    if (isModelClass(className)) {
      let next = 0;
      return this.apply({ className, config, scope: { path, trainable } }, (inner) => {
        checkInput(inner);
        const value = values[next++];
        if (value) return value;
        throw malformed(`The model ${show(entry.name)} gets no input for ${show(inner.name)}.`);
      });
    }
    const inputs = values.map(computed);
    const layer = this.layer(entry, () => this.convert(entry, trainable));
    checkStates(entry, layer, inputs.length - 1);
    const outputs = this.conversion.call(layer, inputs);
    return layer.after ? this.conversion.call(layer.after, [outputs[0]]) : outputs;
  }

  private convert(entry: Entry, trainable: boolean): Converted {
    const model = (className: string, config: unknown) =>
      this.modelWithin(entry, { className, config, trainable });
    const layer = convertLayer(this.conversion, { ...entry, trainable, model });
    if (this.skipsFromState(entry, layer)) layer.config['mask_from_state'] = true;
    // The layers of a model within it have their places in the file themselves.
    if (layersWithin(layer.config['layer'])) return { ...layer, path: [] };
    return { ...layer, path: withCells(entry) };
  }

  private skipsFromState({ name, raw }: Entry, { className, config }: Recurrence): boolean {
    if (stateCount({ class_name: className, config }) === 0) return false;
    const isKeras3 = this.conversion.generation === 'keras3';
    return skipsFromState(readCalls(name, raw['inbound_nodes']), { name, className, isKeras3 });
  }

  /** A model in the place of a layer within another one: a document of its own. */
  private modelWithin({ name, path }: Entry, { className, config, trainable }: Inner): object {
    const conversion = new Conversion(this.conversion.generation, this.conversion);
    const last = path.slice(-1).map((step) => ({ ...step, part: 'layer' }));
    const scope = { path: [...path.slice(0, -1), ...last], trainable };
    const ends = new Flattening(conversion).run(className, config, scope);
    this.conversion.within.push(...conversion.layers, ...conversion.within);
    return functionalModel(name, conversion.layers, ends);
  }

  private layer(entry: Entry, convert: () => Converted): FlatLayer {
    const id = entry.path.map(({ name }) => name).join('\u0000');
    const before = this.known.get(id);
    if (before) return before;
    const name = entry.path.map((step) => step.name).join('.');
    const { after, ...own } = convert();
    const layer = this.conversion.add({ name, ...own });
    const behind = after && this.conversion.add({ ...after, name: `${name}.activation`, path: [] });
    const added = behind ? { ...layer, after: behind } : layer;
    this.known.set(id, added);
    return added;
  }

  /** Keras 2 and TF.js count a model's own making as its call 0; Keras 3 does not. */
  private nodeOffset(entry: Entry | undefined): 0 | 1 {
    if (this.conversion.generation === 'keras3') return 0;
    return entry && isModelClass(entry.className) ? 1 : 0;
  }
}

type Converted = Pick<FlatLayer, 'className' | 'config' | 'path'> & {
  readonly after?: Pick<FlatLayer, 'className' | 'config'>;
};

type Recurrence = Pick<FlatLayer, 'className' | 'config'>;

interface Inner {
  readonly className: string;
  readonly config: unknown;
  readonly trainable: boolean;
}

interface ModelCall {
  readonly className: string;
  readonly config: unknown;
  readonly scope: Scope;
}

type InputOf = (entry: Entry) => ConvertedValue;

interface Graph {
  readonly pending: readonly Pending[];
  readonly scope: Scope;
  readonly made: Map<string, readonly ConvertedValue[]>;
  readonly named: ReadonlyMap<string, Entry>;
  /** The key in `made` under which a reference's outputs come to lie. */
  readonly place: (reference: Reference) => string;
  readonly find: (reference: Reference) => ConvertedValue | undefined;
  /** How many outputs of a layer are used. */
  readonly uses: (layer: string) => number;
}

function key(layer: string, node: number): string {
  return `${node} ${layer}`;
}

function computed(value: ConvertedValue): Tensor {
  if (isNotComputed(value)) throw value.refusal;
  return value;
}

function tooLarge(message: string): GraderError {
  return new GraderError({ fault: 'limit', code: 'model-too-deep', message });
}
