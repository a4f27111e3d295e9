/** What submissions of several candidates have in common, the strongest first. */
export const hintKinds = ['same-file', 'same-predictions', 'same-recipe', 'near-recipe'] as const;

export type HintKind = (typeof hintKinds)[number];
