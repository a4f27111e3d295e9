import type {
  InputDecoding,
  LazyArray,
  NdArray,
  ProblemData,
  ProblemDefinition,
  Shape,
  Split,
} from '../contract.ts';
import { showShape } from '../text/shape.ts';
import { storageComplaint } from './check-values.ts';

const partNames = ['training', 'validation', 'heldOut'] as const;

type PartName = (typeof partNames)[number];

/** What a package returns: inputs in memory, or made while they are written. */
export type AnyData = ProblemData<NdArray | LazyArray>;

/**
 * All that is wrong with the data that a package returned, by its own contract.
 * The values of lazy inputs are not seen here; `checkedBlocks` does that.
 */
export function complaintsAbout(definition: ProblemDefinition, data: AnyData): readonly string[] {
  const complaints = partNames.flatMap((part) => complaintsOfPart(definition, data, part));
  const isRead = partNames.every((part) => absence(data, part) === null);
  const ofRows = isRead ? descriptionComplaint(data) : null;
  return [...new Set([...complaints, ...(ofRows === null ? [] : [ofRows])])];
}

function complaintsOfPart(
  definition: ProblemDefinition,
  data: AnyData,
  part: PartName,
): readonly string[] {
  const absent = absence(data, part);
  if (absent !== null) return [absent];
  return [
    inputComplaint(definition, data[part].inputs, data.decoding),
    targetComplaint(definition, data[part], part),
    lengthComplaint(data[part]),
  ].flatMap((complaint) => (complaint === null ? [] : [`${part} ${complaint}`]));
}

/** A list of what a row is for people must have each row. */
function descriptionComplaint({
  heldOut,
  heldOutLabels,
  heldOutRows = {},
}: AnyData): string | null {
  const rows = heldOut.inputs.shape[0] ?? 0;
  const { texts, tokens, features = [] } = heldOutRows;
  const lists: readonly (readonly [string, readonly unknown[] | undefined])[] = [
    ['heldOutLabels', heldOutLabels],
    ['heldOutRows.texts', texts],
    ['heldOutRows.tokens', tokens],
    ...features.map(({ name, values }) => [`heldOutRows.features "${name}"`, values] as const),
  ];
  const wrong = lists.find(([, list]) => list && list.length !== rows);
  return wrong ? `${wrong[0]} has ${wrong[1]?.length} entries for ${rows} held-out rows` : null;
}

/** A package may be JavaScript, whose types nobody checked. */
function absence(data: AnyData, part: PartName): string | null {
  const given = data as DeepPartial | undefined;
  if (!given) return 'nothing at all';
  if (!given.decoding) return 'no decoding';
  if (!Array.isArray(given.notes)) return 'no list of notes';
  const arrays = { inputs: given[part]?.inputs, targets: given[part]?.targets };
  const missing = Object.entries(arrays).find(
    ([, array]) => !array?.shape || !(array.data ?? array.blocks),
  );
  return missing ? `${part} has no ${missing[0]} with shape and data` : null;
}

type DeepPartial = Partial<Pick<ProblemData, 'decoding' | 'notes'>> & {
  readonly [Part in PartName]?: {
    readonly [Name in keyof Split]?: Partial<NdArray & LazyArray>;
  };
};

function inputComplaint(
  definition: ProblemDefinition,
  inputs: NdArray | LazyArray,
  decoding: InputDecoding,
): string | null {
  const { dtype, shapes } = definition.input;
  const allowed = dtype === 'float32' ? ['float32', 'uint8'] : ['int32'];
  if (!allowed.includes(inputs.dtype)) {
    return `inputs must be ${allowed.join(' or ')}, got ${inputs.dtype}`;
  }
  const seen = decodedShape(inputs.shape.slice(1), decoding);
  if (!shapes.some((shape) => matches(shape, seen))) {
    const wanted = shapes.map(showShape).join(' or ');
    return `inputs must be of shape ${wanted} a row after decoding, got ${showShape(seen)}`;
  }
  return 'data' in inputs ? storageComplaint('inputs', inputs) : null;
}

function decodedShape(row: readonly number[], { resize }: InputDecoding): readonly number[] {
  return resize ? [...resize, ...row.slice(2)] : row;
}

function targetComplaint(
  definition: ProblemDefinition,
  { targets }: Split<NdArray | LazyArray>,
  part: PartName,
): string | null {
  const { classes, outputs } = definition;
  const row = targets.shape.slice(1);
  const dtype = classes ? 'int32' : 'float32';
  if (targets.dtype !== dtype) return `targets must be ${dtype}, got ${targets.dtype}`;
  // A forecast is scored on its last step only; its other parts have a target at each position.
  const shapes: readonly Shape[] = classes
    ? [[]]
    : part === 'heldOut'
      ? [[1]]
      : outputs.map((output) => output.shape);
  if (!shapes.some((shape) => matches(shape, row))) {
    return `targets must be of shape ${shapes.map(showShape).join(' or ')} a row, got ${showShape(row)}`;
  }
  const stray = classes && targets.data.find((label) => label < 0 || label >= classes.length);
  if (classes && stray !== undefined) {
    return `targets must be labels from 0 to ${classes.length - 1}, got ${stray}`;
  }
  return storageComplaint('targets', targets);
}

function lengthComplaint({ inputs, targets }: Split<NdArray | LazyArray>): string | null {
  const [rows = 0] = inputs.shape;
  const [answers = 0] = targets.shape;
  if (rows === 0) return 'has no rows';
  return rows === answers ? null : `has ${rows} inputs but ${answers} targets`;
}

function matches(wanted: Shape, seen: readonly number[]): boolean {
  return (
    wanted.length === seen.length &&
    wanted.every((length, axis) => length === null || length === seen[axis])
  );
}
