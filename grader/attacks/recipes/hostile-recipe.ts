export interface HostileRecipe {
  readonly name: string;
  /** Its UTF-8; bytes where it has to be none. `{heldOut}` is the path of a held-out file. */
  readonly text: string | Uint8Array;
  /** The codes by which it may be refused, or `read`. */
  readonly expects: readonly string[];
}

/** In what a recipe throws, prints or describes: it got where it should not. */
export const escaped = 'ESCAPED';

/** Recipes by name, all with the same outcome. */
export function expecting(
  expects: string | readonly string[],
  texts: Readonly<Record<string, string | Uint8Array>>,
): readonly HostileRecipe[] {
  const codes = typeof expects === 'string' ? [expects] : expects;
  return Object.entries(texts).map(([name, text]) => ({ name, text, expects: codes }));
}

const head = `import { defineRecipe, layers, sequential } from 'grader';\n`;

/** A recipe that is good but for what comes first. */
export function after(text: string): string {
  return `${head}${text}\n${withName("'net'")}`;
}

/** A recipe that is good but for the name of its layer, an expression. */
export function named(expression: string): string {
  return `${head}${withName(expression)}`;
}

function withName(expression: string): string {
  return (
    `export default defineRecipe({ model: sequential([layers.dense({ units: 1, inputShape: [9], ` +
    `name: ${expression} as any })]), compile: { optimizer: 'adam', loss: 'meanSquaredError' }, ` +
    `fit: { epochs: 1 } });`
  );
}

/** A recipe that throws the marker where an expression is true, and is good where it is not. */
export function unless(expression: string): string {
  return after(`if (${expression}) throw new Error('${escaped}');`);
}
