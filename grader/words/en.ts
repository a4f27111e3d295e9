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

  history: {
    columns: {
      ...{ date: 'graded', points: 'points', interval: '95% interval', seed: 'seed' },
      folder: 'result folder',
    },
    sample: '(sample data)',
    none: (folder: string) => `There are no attempts in ${folder}.`,
    skipped: (folder: string, reason: string) => `Left out: ${folder}: ${reason}.`,
    moreSkipped: (count: number) => `And ${count} more; --json names them all.`,
    /** Why a folder shows no attempt. */
    unread: {
      'no-report': 'it has no report.json; its grading goes on, or was cut short',
      foreign: 'its report.json is no report of this grader',
      broken: 'its report.json is broken',
      'too-large': 'its report.json is too large for a report',
      newer: 'its report.json is of a newer grader',
      'other-parts': 'its report.json lacks parts of a report, or has others',
    },
  },
};

export type Words = typeof english;
