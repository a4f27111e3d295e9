import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Recipe } from '../contract.ts';
import { message, text } from '../engine/compiled/graph/wire.ts';

type Hparams = Readonly<Record<string, number | string>>;

export interface SessionStart {
  readonly kind: 'start';
  readonly hparams: Hparams;
  /** Since 1970. */
  readonly seconds: number;
}

export interface SessionEnd {
  readonly kind: 'end';
  readonly isGraded: boolean;
  /** Since 1970. */
  readonly seconds: number;
}

/** What is compared between trainings; a schedule by its name. */
export function hparamsOf({ compile, fit }: Recipe, seed: number): Hparams {
  const { class_name: optimizer, config } = compile.optimizer;
  return {
    optimizer,
    ...learningRateOf(config['learning_rate']),
    loss: compile.loss.class_name,
    batch_size: fit.batch_size,
    epochs: fit.epochs,
    seed,
  };
}

function learningRateOf(rate: unknown): Hparams {
  if (typeof rate === 'number') return { learning_rate: rate };
  const isSchedule = typeof rate === 'object' && rate !== null && 'class_name' in rate;
  return isSchedule ? { learning_rate: String(rate.class_name) } : {};
}

const success = 1;
const failure = 2;

/** An HParamsPluginData. Field numbers are those of the plugin's plugin_data.proto and api.proto. */
export function encodeHparams(session: SessionStart | SessionEnd): Uint8Array {
  const writer = new BinaryWriter();
  if (session.kind === 'start') message(writer, 3, () => encodeStart(writer, session));
  else {
    message(writer, 4, () => {
      writer.tag(1, WireType.Varint).int32(session.isGraded ? success : failure);
      writer.tag(2, WireType.Bit64).double(session.seconds);
    });
  }
  return writer.finish();
}

/** The values are those of google.protobuf.Value (struct.proto). */
function encodeStart(writer: BinaryWriter, { hparams, seconds }: SessionStart): void {
  for (const [name, value] of Object.entries(hparams)) {
    message(writer, 1, () => {
      text(writer, 1, name);
      message(writer, 2, () => {
        if (typeof value === 'number') writer.tag(2, WireType.Bit64).double(value);
        else text(writer, 3, value);
      });
    });
  }
  writer.tag(5, WireType.Bit64).double(seconds);
}
