import { bombs } from './bombs.ts';
import { escapes } from './escapes.ts';
import { forgeries } from './forged.ts';
import { good } from './good.ts';
import type { HostileRecipe } from './hostile-recipe.ts';
import { imports } from './imports.ts';
import { texts } from './texts.ts';

/** Hostile, malformed and good recipes, each with what has to come of it. */
export const hostileRecipes: readonly HostileRecipe[] = [
  ...good,
  ...imports,
  ...escapes,
  ...bombs,
  ...forgeries,
  ...texts,
];
