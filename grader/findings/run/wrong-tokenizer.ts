import { embeddingSize } from '../../recipe/model-layers.ts';
import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/** Half of the words are all the same to the model, or many are for which its Embedding has rows. */
export const wrongTokenizer = rule('wrong-tokenizer', 'warning', (facts: RunFacts) => {
  const { parts, recipe, score } = facts;
  if (!parts?.words || score.points === 5) return null;
  const { vocabulary, words, unknown, neverKnown } = parts.words;
  const size = recipe ? embeddingSize(recipe.model) : null;
  const share = { unknown: unknown / words, neverKnown: neverKnown / words };
  if (size !== null && size >= 2 * vocabulary && share.unknown >= 0.25) {
    return { kind: 'idle-rows', vocabulary, size, ...share };
  }
  return share.unknown >= 0.5 ? { kind: 'unknown-words', vocabulary, size, ...share } : null;
});
