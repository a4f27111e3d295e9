import type { DataFiles, ProblemData, Split } from 'grader/problem';

interface Car {
  readonly name: string;
  readonly mpg: number;
  readonly features: readonly number[];
}

const featureCount = 9;

/** As in the file; the origin is one number there and three flags for a model. */
const columns = [
  { name: 'cylinders' },
  { name: 'displacement', unit: 'in³' },
  { name: 'horsepower', unit: 'hp' },
  { name: 'weight', unit: 'lb' },
  { name: 'time to 60 mph', unit: 's' },
  { name: 'model year, 19..' },
  { name: 'from the USA' },
  { name: 'from Europe' },
  { name: 'from Japan' },
];

/** Auto MPG: complete rows only, features standardised with mean and deviation of the training part. */
export async function prepare(files: DataFiles): Promise<ProblemData> {
  const text = new TextDecoder().decode(await files.bytes('auto-mpg.data'));
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const cars = lines.flatMap(parseCar);
  const parts = splitByRank(cars);
  const scale = fitScale(parts.training);
  const dropped = lines.length - cars.length;
  return {
    training: toSplit(parts.training, scale),
    validation: toSplit(parts.validation, scale),
    heldOut: toSplit(parts.heldOut, scale),
    decoding: {},
    notes: [
      `${dropped} of ${lines.length} rows have no horsepower and are dropped; nothing is imputed.`,
      'All nine features are standardised with the mean and standard deviation of the training part.',
    ],
    heldOutRows: {
      texts: parts.heldOut.map(({ name }) => name),
      features: columns.map((column, index) => ({
        ...column,
        values: parts.heldOut.map(({ features }) => features[index] ?? NaN),
      })),
    },
  };
}

/** One line is eight numbers, a tab and a quoted name; a row without horsepower gives nothing. */
function parseCar(line: string): Car[] {
  const [numbers = '', name = ''] = line.split('\t');
  const fields = numbers.trim().split(/\s+/);
  if (fields.length !== 8) throw new Error(`expected 8 numbers, got "${line}"`);
  if (fields[3] === '?') return [];
  const [mpg = NaN, cylinders = NaN, displacement = NaN, horsepower = NaN, ...rest] =
    fields.map(Number);
  const [weight = NaN, acceleration = NaN, year = NaN, origin = NaN] = rest;
  const isFrom = (place: number) => (origin === place ? 1 : 0);
  const measured = [cylinders, displacement, horsepower, weight, acceleration, year];
  return [
    {
      name: name.trim().replaceAll('"', ''),
      mpg,
      features: [...measured, isFrom(1), isFrom(2), isFrom(3)],
    },
  ];
}

/** Every tenth car by fuel use, at fixed ranks, so that all parts cover the same range. */
function splitByRank(cars: readonly Car[]) {
  const order = cars.map((_, row) => row);
  // Array.prototype.sort is stable: equal cars stay in file order.
  order.sort((one, other) => (cars[one]?.mpg ?? 0) - (cars[other]?.mpg ?? 0));
  const rankOf = new Map(order.map((row, rank) => [row, rank % 10]));
  const pick = (ranks: readonly number[]) =>
    cars.filter((_, row) => ranks.includes(rankOf.get(row) ?? -1));
  return {
    training: pick([0, 3, 5, 6, 9]),
    validation: pick([2, 8]),
    heldOut: pick([1, 4, 7]),
  };
}

interface Scale {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

function fitScale(cars: readonly Car[]): Scale {
  const columns = Array.from({ length: featureCount }, (_, column) =>
    cars.map((car) => car.features[column] ?? NaN),
  );
  const mean = columns.map(average);
  const deviation = columns.map((values, column) =>
    Math.sqrt(average(values.map((value) => (value - (mean[column] ?? 0)) ** 2))),
  );
  return { mean, deviation };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toSplit(cars: readonly Car[], scale: Scale): Split {
  const standardised = cars.flatMap((car) =>
    car.features.map(
      (value, column) => (value - (scale.mean[column] ?? 0)) / (scale.deviation[column] ?? 1),
    ),
  );
  return {
    inputs: {
      dtype: 'float32',
      shape: [cars.length, featureCount],
      data: Float32Array.from(standardised),
    },
    targets: {
      dtype: 'float32',
      shape: [cars.length, 1],
      data: Float32Array.from(cars, (car) => car.mpg),
    },
  };
}
