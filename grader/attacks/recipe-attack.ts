import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toFailure } from '../errors.ts';
import { temporaryFolder } from '../files/temporary.ts';
import { readText } from '../recipe/read-text.ts';
import { normaliseRecipe } from '../recipe/normalise.ts';
import { clean } from '../text/show.ts';
import { recipeLimits } from '../sandbox/limits.ts';
import { runRecipe } from '../sandbox/start.ts';
import { held, open, type Attack, type AttackResult } from './attack.ts';
import { escaped, type HostileRecipe } from './recipes/hostile-recipe.ts';
import { hostileRecipes } from './recipes/index.ts';
import type { Secrets } from './secrets.ts';

/** Enough on a busy machine for a recipe that ends by itself. */
const timeSeconds = 60;
/** For one that does not: all time that it gets. */
const endlessSeconds = 2;

/** Each recipe of the table, handed in as a file. */
export function recipeAttacks(secrets: Secrets): readonly Attack[] {
  return hostileRecipes.map((recipe) => ({
    kind: 'recipe',
    name: recipe.name,
    run: () => judge(recipe, secrets),
  }));
}

interface Came {
  /** `read`, or the code of the refusal. */
  readonly code: string;
  /** All that got out: what it printed, its document or the refusal's words. */
  readonly said: string;
  readonly printed: string;
}

async function judge(recipe: HostileRecipe, secrets: Secrets): Promise<AttackResult> {
  const { code, said, printed } = await handIn(recipe, secrets);
  if (!recipe.expects.includes(code)) {
    return open(`${code} instead of ${recipe.expects.join(' or ')}: ${said.slice(0, 300)}`);
  }
  if (secrets.isIn(said)) return open(`${code}, but it says what it must not know`);
  if (said.includes(escaped) && code !== 'not-a-recipe')
    return open(`${code}, but it says: ${said}`);
  if (!isPrintable(printed)) return open(`${code}, but it writes control characters`);
  return held(code);
}

/** Lines may end; nothing else may move a cursor or hide text. */
function isPrintable(text: string): boolean {
  return text
    .split('\n')
    .every((line) => clean(line, line.length) === line.replace(/ +/g, ' ').trim());
}

async function handIn({ name, text, expects }: HostileRecipe, secrets: Secrets): Promise<Came> {
  const folder = temporaryFolder('attack');
  const path = join(folder, `${name}.ts`);
  let printed = '';
  try {
    await writeFile(
      path,
      typeof text === 'string' ? text.replace('{heldOut}', secrets.file) : text,
    );
    const { size } = await stat(path);
    const source = await readText({ path, size }, recipeLimits.sourceBytes);
    const limits = { timeSeconds: expects.includes('recipe-time') ? endlessSeconds : timeSeconds };
    const onPrinted = (all: string) => (printed = all);
    const { document } = await runRecipe({ path, text: source }, { limits, onPrinted });
    const { recipe } = normaliseRecipe(document);
    return { code: 'read', said: `${printed}${JSON.stringify(recipe)}`, printed };
  } catch (error) {
    const { code, message, help = '' } = toFailure(error);
    return { code, said: `${printed}${message}${help}`, printed: `${printed}${message}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
