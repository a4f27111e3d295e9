import { tf } from './tf.ts';

/** TF.js has one tape; a gradient inside of a gradient would end that of the outer one. */
export function withOwnTape<Result>(work: () => Result): Result {
  // The tape is not in TF.js's types (tfjs-core/src/engine.ts, EngineState).
  const { state } = tf.engine() as unknown as { state: { activeTape: unknown } };
  const { activeTape } = state;
  try {
    return work();
  } finally {
    state.activeTape = activeTape;
  }
}
