/** The streams of one training, for `deriveSeed`: none repeats another. */
export const seedPurposes = { shuffle: 1, weights: 2, augmentation: 3, preview: 4 } as const;
