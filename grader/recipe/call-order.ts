/** An output of a layer's call, by the layer's name. */
export type Reference = readonly [name: string, call: number, ...rest: unknown[]];

/** A layer of a functional model. */
export interface CalledLayer {
  readonly name: string;
  /** True where data enter: its one call is there from the start. */
  readonly isInput: boolean;
  /** The inputs of each of its calls. */
  readonly calls: readonly (readonly Reference[])[];
}

interface CallOrder<Layer> {
  readonly order: readonly { readonly layer: Layer; readonly inputs: readonly Reference[] }[];
  /** A layer with a call that waits for its own output, or for what is not there. */
  readonly stuck: Layer | null;
  /** A layer that could be called before an earlier call of it. */
  readonly shuffled: Layer | null;
}

interface Call<Layer> {
  readonly layer: Layer;
  /** Of the layer in the list, and of the call among its calls. */
  readonly place: readonly [layer: number, call: number];
  readonly inputs: readonly Reference[];
  /** The calls that wait for this one. */
  readonly users: Call<Layer>[];
  /** What this one still waits for: its inputs and the call before it. */
  missing: number;
  round: number;
}

/**
 * The order in which Keras makes the calls of a functional model: it goes through the layers round
 * after round, and makes a layer's next call as long as that has its inputs
 * (`keras/src/models/functional.py`, `functional_from_config`). Here each reference is followed once.
 */
export function callOrder<Layer extends CalledLayer>(layers: readonly Layer[]): CallOrder<Layer> {
  const calls = callsOf(layers);
  connect(layers, calls);
  const all = [...calls.values()].flat();
  const made = all.filter(({ missing }) => missing === 0);
  for (const call of made) {
    for (const user of call.users) {
      user.round = Math.max(user.round, roundAfter(call, user));
      user.missing -= 1;
      if (user.missing === 0) made.push(user);
    }
  }
  const rounds: Call<Layer>[][] = [];
  for (const call of all) if (call.missing === 0) (rounds[call.round] ??= []).push(call);
  const isShuffled = ({ inputs, ...call }: Call<Layer>) =>
    inputs.every(([name, number]) => {
      const input = calls.get(name)?.[number];
      return !input || roundAfter(input, call) < call.round;
    });
  return {
    order: rounds.flat(),
    stuck: all.find(({ missing }) => missing > 0)?.layer ?? null,
    shuffled: all.find((call) => call.round > 0 && isShuffled(call))?.layer ?? null,
  };
}

type Calls<Layer> = ReadonlyMap<string, readonly Call<Layer>[]>;

function callsOf<Layer extends CalledLayer>(layers: readonly Layer[]): Calls<Layer> {
  const lists = layers.map((layer, index) => {
    const calls = layer.isInput ? [] : layer.calls;
    return calls.map((inputs, number): Call<Layer> => ({
      ...{ layer, inputs, place: [index, number] },
      ...{ users: [], missing: 0, round: 0 },
    }));
  });
  return new Map(layers.map(({ name }, index) => [name, lists[index] ?? []]));
}

function connect<Layer extends CalledLayer>(layers: readonly Layer[], calls: Calls<Layer>): void {
  const inputs = new Set(layers.filter(({ isInput }) => isInput).map(({ name }) => name));
  for (const list of calls.values()) {
    for (const [number, call] of list.entries()) {
      const needed = call.inputs.filter(([name, index]) => index > 0 || !inputs.has(name));
      const before = needed.map(([name, index]) => calls.get(name)?.[index]);
      if (number > 0) before.push(list[number - 1]);
      call.missing = before.length;
      for (const each of before) each?.users.push(call);
    }
  }
}

/** A layer that stands later in the list is still to be met in the same round. */
function roundAfter(made: Place, user: Pick<Place, 'place'>): number {
  const [layer, call] = made.place;
  const [userLayer, userCall] = user.place;
  const isLater = layer === userLayer ? call < userCall : layer < userLayer;
  return isLater ? made.round : made.round + 1;
}

type Place = Pick<Call<unknown>, 'place' | 'round'>;
