import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import { GraderError } from '../../grader/errors.ts';
import type { Container, ContainerFormat } from '../../grader/keras/container.ts';
import { openContainer } from '../../grader/keras/containers/open-container.ts';
import { convertCompile } from '../../grader/keras/convert/compile.ts';
import { generationOf } from '../../grader/keras/convert/generation.ts';
import { isOperation } from '../../grader/keras/convert/operations/is-operation.ts';
import { convertModel } from '../../grader/keras/convert/convert-model.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { isObject } from '../../grader/recipe/keras-class.ts';
import { normaliseCompile, normaliseModel } from '../../grader/recipe/normalise.ts';
import { kerasFixtures } from '../support/fixtures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export type SavedModel = Pick<Container, 'config' | 'compile' | 'kerasVersion'>;

/** What becomes of a saved model; of one that is refused, why. */
export interface Outcome {
  readonly refusal?: string;
  readonly document?: unknown;
  readonly notes?: readonly string[];
}

const fixtures = join(packageRoot, 'test', 'fixtures');

/** Of all model files among the fixtures, in the archives of the probe, and of TF.js where there are. */
export async function savedModels(): Promise<readonly SavedModel[]> {
  const scratch = temporaryFolder();
  const probes = join(fixtures, 'probe');
  const archives = readdirSync(probes).filter((name) => name.endsWith('.tar.gz'));
  const folders = archives.map((archive) => join(scratch, archive));
  for (const [index, cwd] of folders.entries()) {
    mkdirSync(cwd);
    await tar.x({ file: join(probes, archives[index] ?? ''), cwd });
  }
  const models: SavedModel[] = [];
  const ofTfjs = kerasFixtures ? filesIn(join(kerasFixtures, 'models')).filter(isTfjs) : [];
  for (const path of [...[fixtures, ...folders].flatMap(filesIn), ...ofTfjs]) {
    const format = formatOf(path);
    if (!format) continue;
    const model = await readModel(path, format, scratch);
    if (model) models.push(model);
  }
  return models;
}

/** Null for what is refused before its layers are looked at. */
async function readModel(
  path: string,
  format: ContainerFormat,
  scratch: string,
): Promise<SavedModel | null> {
  try {
    const container = await openContainer(path, format, { scratch });
    container.close();
    const { config, compile, kerasVersion } = container;
    return { config, compile, kerasVersion };
  } catch (error) {
    if (error instanceof GraderError) return null;
    throw error;
  }
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function formatOf(path: string): ContainerFormat | null {
  if (path.endsWith('.keras')) return 'keras-zip';
  if (path.endsWith('.h5')) return 'keras-hdf5';
  if (isTfjs(path)) return 'tfjs-layers';
  return path.endsWith('regression.json') ? 'keras-json' : null;
}

function isTfjs(path: string): boolean {
  return /tfjs\w*.model\.json$/.test(path);
}

/** Converts it as the reader does, without its weights. */
export function outcomeOf({ config, compile, kerasVersion }: SavedModel): Outcome {
  try {
    const converted = convertModel({ config, kerasVersion });
    const { model, notes } = normaliseModel(converted.model);
    const training = convertCompile(compile);
    const settings = training && normaliseCompile(training.compile, model);
    const more = [...converted.notes, ...converted.trainingNotes, ...(training?.notes ?? [])];
    return { document: { model, settings }, notes: [...notes, ...more] };
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    return { refusal: error.message };
  }
}

/** An object in a saved model: how it is reached, and what kind of place it is. */
export interface Place {
  readonly model: SavedModel;
  readonly path: readonly (string | number)[];
  readonly kind: string;
  readonly isOperation: boolean;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What is without effect, or left out with a note, as a whole; and what has names as its keys. */
const whole = [
  ...['build_config', 'build_input_shape', 'input_layers', 'output_layers', 'metrics'],
  ...['activity_regularizer', 'compile_config', 'arguments'],
];

/** In Keras 2 it is written for a weight that the layer does not have. */
const hasNoKernel = /SeparableConv.D config kernel_/;

/** Every object of a model's configuration and of its compile settings. */
export function placesIn(model: SavedModel): readonly Place[] {
  const hasOptimizer = /"optimizer/.test(JSON.stringify(model.compile));
  const generation = generationOf(model.config, model.kerasVersion);
  const walk = (
    value: unknown,
    { path, kind, isOperation: isInside }: Omit<Place, 'model' | 'object'>,
  ): readonly Place[] => {
    if (Array.isArray(value)) {
      return value.flatMap((each: unknown, index) =>
        walk(each, { path: [...path, index], kind, isOperation: isInside }),
      );
    }
    if (!isObject(value)) return [];
    const { class_name: className, config } = value;
    const isEntry = isInside || ('inbound_nodes' in value && isOperation(value, generation));
    // Keras 2 names the function in the configuration.
    const called = isObject(config) ? config['function'] : undefined;
    const name =
      isEntry && typeof called === 'string' ? `${String(className)} ${called}` : className;
    const own = typeof name === 'string' ? `${kind}:${name}` : kind;
    const inside = Object.entries(value).filter(
      ([key]) => !whole.includes(key) && !hasNoKernel.test(`${own} ${key}`),
    );
    return [
      { model, path, kind: own, isOperation: isEntry, object: value },
      ...inside.flatMap(([key, each]) =>
        walk(each, { path: [...path, key], kind: `${own} ${key}`, isOperation: isEntry }),
      ),
    ];
  };
  return [
    ...walk(model.config, { path: ['config'], kind: `${generation} model`, isOperation: false }),
    ...walk(hasOptimizer ? model.compile : null, {
      ...{ path: ['compile'], kind: `${generation} compile`, isOperation: false },
    }),
  ];
}

/** The same model with another value under a key of one of its objects. */
export function withValue({ model, path }: Place, key: string, value: unknown): SavedModel {
  return changed(model, [...path, key], value) as SavedModel;
}

function changed(within: unknown, [first, ...rest]: Place['path'], value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(within)) {
    return within.map((each: unknown, index) =>
      index === first ? changed(each, rest, value) : each,
    );
  }
  const object = isObject(within) ? within : {};
  return { ...object, [first]: changed(object[first], rest, value) };
}
