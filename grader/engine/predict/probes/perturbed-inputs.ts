import type { ArrayFile, NdArray, PerturbedInputs, ProblemDefinition } from '../../../contract.ts';
import { isClassification } from '../../../contract/task.ts';
import { readLabels, readValues } from '../../../metrics/read-output.ts';
import { seededRandom } from '../../../random.ts';
import { spreadOf, fewRows, withChanged } from './rows.ts';

type Problem = Pick<ProblemDefinition, 'task' | 'classes'>;

/** In standard deviations of a feature, or of all pixels: far less than what tells rows apart. */
const noise = 1e-3;
/** In standard deviations of the answers. */
const leastMove = 0.1;

/**
 * How many held-out rows get another answer when noise is added to them that no sound model minds: another
 * class, or a value that is a tenth of the answers' spread away. Null for word ids, of which none is a little
 * off.
 */
export async function probePerturbedInputs(
  inputs: ArrayFile,
  { task, classes = [] }: Problem,
  predict: (rows: NdArray) => Promise<NdArray>,
): Promise<PerturbedInputs | null> {
  if (inputs.dtype === 'int32') return null;
  const plain = await fewRows(inputs);
  const [rows = 0] = plain.shape;
  const outputs = await predict(withChanged(plain, withNoise(plain)));
  const areLabels = isClassification(task);
  const { predicted } = areLabels ? readLabels(outputs, classes.length) : readValues(outputs, task);
  const least = areLabels ? 0 : leastMove * spreadOf(predicted.slice(0, rows));
  const changed = predicted
    .slice(0, rows)
    .filter((answer, row) => Math.abs(answer - (predicted[rows + row] ?? answer)) > least);
  return { rows, changed: changed.length };
}

/** Features differ in scale, so each has noise of its own. */
function withNoise({ shape, data }: NdArray): Float32Array {
  const [rows = 0, ...row] = shape;
  const columns = row.length === 1 ? data.length / rows : 1;
  const perColumn = data.length / columns;
  const spreads = Array.from({ length: columns }, (_, column) =>
    spreadOf(Array.from({ length: perColumn }, (__, at) => data[at * columns + column] ?? 0)),
  );
  const random = seededRandom(1);
  return Float32Array.from(
    data,
    (value, at) => value + noise * (2 * random() - 1) * (spreads[at % columns] ?? 0),
  );
}
