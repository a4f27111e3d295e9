import type { ProblemDefinition, SharedRows } from '../../contract.ts';
import type { Prepared } from '../../prepare/prepared.ts';
import { constantPredictor } from '../constant-rows.ts';
import { mistake, warning, type Mistake } from '../mistake.ts';
import { partFacts, type PartFacts } from './array-facts.ts';
import { constantEarns } from './lint-thresholds.ts';

const file = 'data.ts';

/** What a package made of its data, in figures. */
export interface DataFacts {
  readonly training: PartFacts;
  readonly validation: PartFacts;
  readonly heldOut: PartFacts;
  readonly sharedRows: SharedRows;
  readonly metric: string;
  /** By the metric, of one answer for every held-out row. */
  readonly constant: number;
}

/** Reads all arrays once. */
export async function dataFacts(
  definition: ProblemDefinition,
  prepared: Prepared,
): Promise<DataFacts> {
  const { data, heldOut, sharedRows } = prepared;
  const classes = definition.classes?.length ?? 0;
  const facts = (part: Parameters<typeof partFacts>[0]) => partFacts(part, data.decoding, classes);
  return {
    training: await facts(data.training),
    validation: await facts(data.validation),
    heldOut: await facts({ inputs: data.heldOut.inputs, targets: heldOut.targets }),
    sharedRows,
    metric: definition.metric.name,
    constant: (await constantPredictor(definition, prepared)).value,
  };
}

/** What looks wrong in a package's data. */
export function dataMistakes(definition: ProblemDefinition, facts: DataFacts): readonly Mistake[] {
  return [
    ...classMistakes(definition, facts),
    ...rangeMistakes(definition, facts),
    ...sharedMistakes(facts.sharedRows),
    ...sizeMistakes(facts),
    ...constantEarns(definition, facts.constant),
  ];
}

function parts({ training, validation, heldOut }: DataFacts) {
  return [
    ['training', training],
    ['validation', validation],
    ['held-out', heldOut],
  ] as const;
}

function classMistakes({ classes = [] }: ProblemDefinition, facts: DataFacts): Mistake[] {
  return parts(facts).flatMap(([name, { targets }]) =>
    (targets.labels ?? []).flatMap((count, label) => {
      if (count > 0) return [];
      const message = `the ${name} part has no row of class ${label}, "${classes[label] ?? ''}"`;
      const help = 'Split the rows so that each part has all classes.';
      return [(name === 'training' ? mistake : warning)(file, { message, help })];
    }),
  );
}

/** Beyond this a network without normalisation of its own hardly trains. */
const mostInput = 100;

function rangeMistakes(
  { input, task, vocabulary }: ProblemDefinition,
  facts: DataFacts,
): Mistake[] {
  const { training } = facts;
  const found: Mistake[] = [];
  const range = `from ${short(training.low)} to ${short(training.high)}`;
  if (training.low === training.high) {
    found.push(mistake(file, { message: `all training inputs are ${short(training.low)}` }));
  } else if (input.dtype === 'float32' && training.constants.length > 0) {
    const [first, ...more] = training.constants;
    const columns = more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
    const message = `inputs ${columns} have one value in all training rows`;
    found.push(warning(file, { message, help: 'They teach nothing: leave them out.' }));
  }
  if (input.dtype === 'float32' && Math.max(-training.low, training.high) > mostInput) {
    const message = `training inputs go ${range}`;
    found.push(warning(file, { message, help: 'Scale them, unless that is the exercise.' }));
  }
  if (vocabulary && training.low < 0) {
    found.push(mistake(file, { message: `word ids go ${range}: they are counted from 0` }));
  }
  const values = task === 'regression' || task === 'forecast';
  if (values && training.targets.low === training.targets.high) {
    found.push(
      mistake(file, { message: `all training targets are ${short(training.targets.low)}` }),
    );
  }
  return found;
}

/** A share of held-out rows that a training has seen: above it a score says little. */
const mostShared = 0.05;

function sharedMistakes({ rows, exact, near }: SharedRows): Mistake[] {
  if (exact + near === 0) return [];
  const message = `${exact} of ${rows} held-out rows are in the training or validation part as well, and ${near} nearly so`;
  const help =
    'Split by what belongs together, such as the person or the day, and take repeated rows out.';
  return [(exact > mostShared * rows ? mistake : warning)(file, { message, help })];
}

/** Below it, two models of the same worth are points apart by chance. */
const fewestHeldOut = 50;

function sizeMistakes({ heldOut }: DataFacts): Mistake[] {
  if (heldOut.rows >= fewestHeldOut) return [];
  const message = `the held-out part has ${heldOut.rows} rows`;
  const help = 'So few decide by chance: `grader problem calibrate` tells how much.';
  return [warning(file, { message, help })];
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
