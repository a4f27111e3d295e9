import { countValues } from '../array-file.ts';
import type { LazyArray, NdArray, Problem, Split } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { type AnyData, complaintAbout } from './check-data.ts';
import { checkedBlocks } from './check-values.ts';

/**
 * A package's data; what they break of its contract is thrown as a `GraderError` with fault
 * `package`, for lazy inputs while they are written. Then it also tells how many rows are made.
 */
export async function checkedData(
  { definition }: Pick<Problem, 'definition'>,
  make: () => Promise<AnyData>,
  tell: (text: string) => void,
): Promise<AnyData> {
  let data: AnyData;
  let complaint: string | null;
  try {
    data = await make();
    complaint = complaintAbout(definition, data);
  } catch (error) {
    throw failing(definition.id, error);
  }
  if (complaint !== null) throw wrongData(definition.id, complaint);
  const checked = (part: 'training' | 'validation' | 'heldOut') => ({
    ...data[part],
    inputs: checkedInputs(data[part], { id: definition.id, name: `${part} inputs`, tell }),
  });
  return {
    ...data,
    training: checked('training'),
    validation: checked('validation'),
    heldOut: checked('heldOut'),
  };
}

interface Destination {
  readonly id: string;
  readonly name: string;
  readonly tell: (text: string) => void;
}

/** What a lazy array yields or throws is known only while it is written. */
function checkedInputs(
  { inputs }: Split<NdArray | LazyArray>,
  { id, name, tell }: Destination,
): NdArray | LazyArray {
  if ('data' in inputs) return inputs;
  const { dtype, shape } = inputs;
  const [rows = 0, ...row] = shape;
  return {
    dtype,
    shape,
    async *blocks() {
      const fail = (complaint: string) => wrongData(id, complaint);
      let values = 0;
      try {
        for await (const block of checkedBlocks(inputs, { name, fail })) {
          yield block;
          values += block.length;
          tell(`Decoded ${Math.floor(values / countValues(row))} of ${rows} ${name}`);
        }
      } catch (error) {
        throw failing(id, error);
      }
    },
  };
}

function failing(id: string, error: unknown): GraderError {
  if (error instanceof GraderError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return packageFault(id, `its data.ts fails: ${text}`, error);
}

function wrongData(id: string, complaint: string): GraderError {
  return packageFault(id, `its data.ts returns wrong data: ${complaint}`);
}

function packageFault(id: string, what: string, cause?: unknown): GraderError {
  return new GraderError(
    {
      fault: 'package',
      code: 'problem-data',
      message: `The problem package ${id} is broken: ${what}.`,
      help: 'The submission is not at fault. Correct the package.',
    },
    { cause },
  );
}
