/**
 * What people read at length, in English: plain texts, and functions where numbers or names go in.
 * A language is one file of this shape; the compiler checks that it has every entry.
 */
export const english = {
  /** BCP 47. */
  tag: 'en',
  page: {
    kicker: (category: number) => `Grade report · category ${category}`,
  },
};

export type Words = typeof english;
