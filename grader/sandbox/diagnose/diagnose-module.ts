import * as grader from '../../index.ts';
import { guarded } from '../../recipe/describe/authoring.ts';
import { attempt, isUnknown, listen, unknown } from '../../recipe/describe/mistakes.ts';
import { show } from '../../text/show.ts';
import { phrase, readError } from '../guest.ts';
import { Followed } from './follow-pieces.ts';
import { placeDocument } from './place-document.ts';
import type { Diagnosis, PlacedMistake, Source } from './source.ts';

/** A marked recipe: what a module is given, its hooks, and what its unknown names stand for. */
type MarkedModule = (...given: readonly unknown[]) => void;

/** A marked recipe's diagnosis as JSON text; `sourceText` is what `readSource` gave. Runs in the interpreter. */
export function diagnose(run: MarkedModule, sourceText: string): string {
  return JSON.stringify(diagnoseModule(run, JSON.parse(sourceText) as Source));
}

/** Runs a marked recipe to its end, or as far as it gets, and tells all its mistakes. */
function diagnoseModule(
  run: MarkedModule,
  source: Pick<Source, 'pieces' | 'mistakes' | 'unknown' | 'exported' | 'withoutExport'>,
): Diagnosis {
  const followed = new Followed(source.pieces);
  listen(followed);
  const module = { exports: {} as Record<string, unknown> };
  const described: unknown[] = [];
  const library = libraryFor(described);
  const required = (name: unknown) => (name === 'grader' ? library : unknown);
  const names = source.unknown.map((name): unknown => Reflect.get(grader, name) ?? unknown);
  const mistakes = [...source.mistakes];
  // What is seen in the text already is not told again by what came of it.
  const whileRunning = () =>
    followed.mistakes.filter(
      ({ message, at }) =>
        !source.mistakes.some((seen) => at !== null && seen.at?.[0] === at[0]) &&
        !(source.mistakes.length > 0 && message.startsWith('There is no grader.')),
    );
  try {
    run(module.exports, required, module, ...followed.hooks(), ...names);
  } catch (error) {
    const { name, message, stack } = readError(error);
    const line = Number(/recipe\.ts:(\d+)/.exec(stack)?.[1] ?? 0);
    const at = followed.placeOf(error);
    mistakes.push(...whileRunning(), {
      message: phrase(name, message).replace(/\.?$/, '.'),
      at,
      line,
    });
    if (source.exported === null) mistakes.push(source.withoutExport);
    return { mistakes, places: {}, isWhole: false };
  }
  const exported = exportedBy(module.exports, described);
  const wrong = wrongExport(module.exports['default'], source);
  const placed = placeDocument(exported, followed.origins);
  const all = [...mistakes, ...whileRunning(), ...(wrong ? [wrong] : [])];
  return { ...placed, mistakes: all };
}

/** The library, which remembers what was described: a recipe may forget to export it. */
function libraryFor(described: unknown[]): unknown {
  const defineRecipe = (description: Parameters<typeof grader.defineRecipe>[0]) => {
    const document = grader.defineRecipe(description);
    described.push(document);
    return document;
  };
  return guarded('grader', { ...grader, defineRecipe });
}

function exportedBy({ default: exported }: Record<string, unknown>, described: unknown[]): unknown {
  if (isRecipe(exported)) return exported;
  if (isDescription(exported)) return attempt(() => grader.defineRecipe(exported));
  return described.at(-1);
}

/** What is exported by default and is no recipe. */
function wrongExport(
  exported: unknown,
  { exported: at, withoutExport }: Pick<Source, 'exported' | 'withoutExport'>,
): PlacedMistake | null {
  if (isRecipe(exported) || isUnknown(exported)) return null;
  if (at === null) return withoutExport;
  return { message: exportMessage(exported), at };
}

function exportMessage(exported: unknown): string {
  if (isDescription(exported)) {
    return 'The export is a plain object: write export default defineRecipe({…}) around it.';
  }
  if (typeof exported === 'function') {
    return 'The export is a function: export what it returns, export default defineRecipe({…}).';
  }
  if (typeof exported === 'object' && exported !== null && 'then' in exported) {
    return 'The export is a promise: a recipe is read in one go, without async and await.';
  }
  if (typeof exported === 'object' && exported !== null && 'describe' in exported) {
    return 'The export is a model: write export default defineRecipe({ model, compile, fit }).';
  }
  return `The recipe must \`export default defineRecipe({…})\`, got ${show(exported)}.`;
}

function isRecipe(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'format' in value;
}

function isDescription(value: unknown): value is Parameters<typeof grader.defineRecipe>[0] {
  if (typeof value !== 'object' || value === null) return false;
  return 'model' in value || 'compile' in value || 'fit' in value;
}
