import type { Attempt, KerasObject, ModelSummary, Recipe, RecipeChange } from '../contract.ts';
import { augmentationOptions } from '../recipe/augmentation.ts';
import { fitOptions } from '../recipe/fit.ts';
import { layersOf } from '../recipe/model-layers.ts';
import { literal, spell, spelled, spelledOptions, type Spelled } from '../recipe/spelling.ts';
import { align } from './align.ts';

type Described = Pick<Attempt, 'recipe' | 'training' | 'evaluation'>;

/**
 * What differs from one attempt to the next, in a recipe's own spelling. Of a model that was handed in trained
 * there are its layers only; null where one attempt has none.
 */
export function recipeChanges(then: Described, now: Described): readonly RecipeChange[] | null {
  if (then.recipe && now.recipe)
    return [...layers(then, now), ...training(then.recipe, now.recipe)];
  return summaryOf(then) && summaryOf(now) ? layers(then, now) : null;
}

interface Part {
  readonly place: number;
  readonly spelled: Spelled;
  readonly text: string;
}

function layers(then: Described, now: Described): readonly RecipeChange[] {
  const both = then.recipe !== null && now.recipe !== null;
  const [before, after] = [then, now].map((each) => partsOf(each, both));
  return partChanges(before ?? [], after ?? []);
}

function partsOf(of: Described, byRecipe: boolean): readonly Part[] {
  const model = of.recipe?.model;
  if (byRecipe && model) return parts(layersOf(model));
  return (summaryOf(of)?.layers ?? []).map((layer, index) => {
    const { outputShape, parameters } = layer;
    const options = new Map([
      ['outputShape', literal(outputShape)],
      ['parameters', String(parameters)],
    ]);
    const own = { call: layer.className, options, written: new Set<string>(options.keys()) };
    return { place: index + 1, spelled: own, text: `${own.call} ${literal(outputShape)}` };
  });
}

function parts(objects: readonly KerasObject[]): readonly Part[] {
  return objects.map((object, index) => ({
    ...{ place: index + 1, spelled: spelled(object), text: spell(object) },
  }));
}

function summaryOf({ training: trained, evaluation }: Described): ModelSummary | null {
  return trained?.model ?? evaluation?.model ?? null;
}

/** Parts of the same kind stand for each other, the more so the fewer of their options differ. */
function partChanges(then: readonly Part[], now: readonly Part[]): readonly RecipeChange[] {
  const pairs = align(then, now, (a, b) => {
    if (a.spelled.call !== b.spelled.call) return null;
    const differing = optionChanges(a.spelled, b.spelled).length;
    return differing === 0 ? 0 : 0.5 + 0.1 * Math.min(differing, 10);
  });
  return pairs.flatMap(([before, after]): readonly RecipeChange[] => {
    if (before && after) {
      const changes = optionChanges(before.spelled, after.spelled);
      return changes.map((change) => ({ ...change, layer: after.place }));
    }
    const whole = before ?? after;
    if (!whole) return [];
    const texts = { then: before?.text ?? null, now: after?.text ?? null };
    return [{ layer: whole.place, of: whole.spelled.call, option: null, ...texts }];
  });
}

function optionChanges(then: Spelled, now: Spelled): readonly RecipeChange[] {
  const names = new Set([...then.written, ...now.written]);
  return [...names].flatMap((option) => {
    const texts = { then: then.options.get(option) ?? null, now: now.options.get(option) ?? null };
    // The first layer has it, whichever that is.
    const isMoved = option === 'inputShape' && (texts.then === null || texts.now === null);
    if (texts.then === texts.now || isMoved) return [];
    return [{ layer: null, of: now.call, option, ...texts }];
  });
}

function training(then: Recipe, now: Recipe): readonly RecipeChange[] {
  const { callbacks: hadCallbacks, ...hadFit } = then.fit;
  const { callbacks, ...fit } = now.fit;
  const settings = (values: object) => ({ call: 'fit', ...spelledOptions(fitOptions, values) });
  const withoutPlace = (change: RecipeChange) => ({ ...change, layer: null });
  return [
    ...objectChange(then.compile.optimizer, now.compile.optimizer),
    ...objectChange(then.compile.loss, now.compile.loss),
    ...valueChange('compile', 'metrics', [then.compile.metrics, now.compile.metrics]),
    ...optionChanges(settings(hadFit), settings(fit)),
    ...partChanges(parts(hadCallbacks), parts(callbacks)).map(withoutPlace),
    ...optionChanges(augmentation(then), augmentation(now)),
    ...valueChange('defineRecipe', 'vocabulary', [then.vocabulary, now.vocabulary]),
  ];
}

/** Options of the same class, or one class in the place of the other. */
function objectChange(then: KerasObject, now: KerasObject): readonly RecipeChange[] {
  const [before, after] = [spelled(then), spelled(now)];
  if (before.call === after.call) return optionChanges(before, after);
  const of = after.call.replace(/\..*/, '');
  return [{ layer: null, of, option: null, then: spell(then), now: spell(now) }];
}

function valueChange(
  of: string,
  option: string,
  values: readonly [then: unknown, now: unknown],
): readonly RecipeChange[] {
  const [then = '', now = ''] = values.map((value) => literal(value));
  return then === now ? [] : [{ layer: null, of, option, then, now }];
}

/** Without augmentation nothing is changed: as by all its defaults. */
function augmentation({ augmentation: random }: Recipe): Spelled {
  return { call: 'imageDataGenerator', ...spelledOptions(augmentationOptions, random ?? {}) };
}
