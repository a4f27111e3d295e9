import { countValues } from '../array-file.ts';
import type { LazyArray, NdArray, Problem, Split } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { type AnyData, complaintsAbout } from './check-data.ts';
import { checkedBlocks } from './check-values.ts';
import { packageFault } from './package-fault.ts';

/**
 * A package's data; what they break of its contract is thrown as a `GraderError` with fault
 * `package`, for lazy inputs while they are written. Then it also tells how many rows are made.
 */
export async function checkedData(
  problem: Problem,
  make: () => Promise<AnyData>,
  tell: (text: string) => void,
): Promise<AnyData> {
  let data: AnyData;
  let complaints: readonly string[];
  try {
    data = await make();
    complaints = complaintsAbout(problem.definition, data);
  } catch (error) {
    throw failing(problem, error);
  }
  if (complaints.length > 0) throw wrongData(problem, complaints.join('; '));
  const checked = (part: 'training' | 'validation' | 'heldOut') => ({
    ...data[part],
    inputs: checkedInputs(data[part], { problem, name: `${part} inputs`, tell }),
  });
  return {
    ...data,
    training: checked('training'),
    validation: checked('validation'),
    heldOut: checked('heldOut'),
  };
}

interface Destination {
  readonly problem: Problem;
  readonly name: string;
  readonly tell: (text: string) => void;
}

/** What a lazy array yields or throws is known only while it is written. */
function checkedInputs(
  { inputs }: Split<NdArray | LazyArray>,
  { problem, name, tell }: Destination,
): NdArray | LazyArray {
  if ('data' in inputs) return inputs;
  const { dtype, shape } = inputs;
  const [rows = 0, ...row] = shape;
  return {
    dtype,
    shape,
    async *blocks() {
      const fail = (complaint: string) => wrongData(problem, complaint);
      let values = 0;
      try {
        for await (const block of checkedBlocks(inputs, { name, fail })) {
          yield block;
          values += block.length;
          tell(`Decoded ${Math.floor(values / countValues(row))} of ${rows} ${name}`);
        }
      } catch (error) {
        throw failing(problem, error);
      }
    },
  };
}

function failing(problem: Problem, error: unknown): GraderError {
  if (error instanceof GraderError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return packageFault(problem, `its data.ts fails: ${text}`, error);
}

function wrongData(problem: Problem, complaint: string): GraderError {
  return packageFault(problem, `its data.ts returns wrong data: ${complaint}`);
}
