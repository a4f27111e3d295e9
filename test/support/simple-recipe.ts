import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RecipeParts {
  readonly layers?: string;
  readonly compile?: string;
  readonly fit?: string;
  /** Further keys of the recipe, such as `vocabulary: 500`. */
  readonly more?: string;
  /** Statements after the recipe. */
  readonly after?: string;
}

/** The text of a recipe that is right for regression but for the parts that are given. */
export function recipeText(parts: RecipeParts = {}): string {
  const { layers = 'layers.dense({ units: 1, inputShape: [9] })', fit = 'epochs: 1' } = parts;
  const { compile = "optimizer: 'adam', loss: 'meanSquaredError'" } = parts;
  return [
    "import { callbacks, defineRecipe, layers, sequential, train } from 'grader';",
    'export default defineRecipe({',
    `  model: sequential([${layers}]),`,
    `  compile: { ${compile} },`,
    `  fit: { ${fit} },`,
    parts.more === undefined ? '' : `  ${parts.more},`,
    '});',
    parts.after ?? '',
  ].join('\n');
}

/** Writes a recipe into a folder and answers its file name. */
export function writeRecipe(folder: string, parts: RecipeParts, name = 'recipe.ts'): string {
  writeFileSync(join(folder, name), recipeText(parts));
  return name;
}
