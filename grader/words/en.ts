import type { Fault, RateSweep, SharedRows, Verdict } from '../contract.ts';
import { count, plural } from '../text/numbers.ts';

/**
 * What people read at length, in English: plain texts, and functions where numbers or names go in; numbers
 * come as they are to be shown unless a plural hangs on them. A language is one file of this shape; the
 * compiler checks that it has every entry.
 */
export const english = {
  /** BCP 47. */
  tag: 'en',

  page: {
    kicker: (category: number) => `Grade report · category ${category}`,
    sample: 'Sample data',
    sampleMeaning:
      'This run used generated data, not the real data set. It shows that everything works; it is no grade.',
    notes: 'Notes',
    /** Around the name of a file. */
    everything: { before: 'Everything on this page is also in', after: '.' },
  },

  verdict: {
    titles: {
      passed: 'Passed',
      'below-pass-mark': 'Below the pass mark',
      'invalid-submission': 'Invalid submission',
      'limit-exceeded': 'Limit exceeded',
      crashed: 'The submission crashes',
      'package-fault': 'Not graded: problem package at fault',
      'machine-fault': 'Not graded: machine at fault',
      'grader-fault': 'Not graded: grader at fault',
      'wrong-usage': 'Not graded: wrong usage',
      interrupted: 'Not graded: interrupted',
    } satisfies Record<Verdict, string>,
    /** It was stopped, and what there was by then was scored for whoever wants to know. */
    cutShort: 'Interrupted: the score does not count',
    blames: {
      usage: 'The command is at fault. The submission is not judged.',
      candidate: 'The submission is at fault.',
      limit: 'The submission asks for more than the limits allow.',
      package: 'The problem package is at fault. The submission is not judged.',
      machine: 'This machine is at fault. The submission is not judged.',
      grader: 'The grader is at fault. The submission is not judged.',
      interrupted: 'Nobody is at fault: the run was stopped. The submission is not judged.',
    } satisfies Record<Fault, string>,
    score: 'Score:',
    whatHappened: 'What happened',
    whatWentWrong: 'What went wrong',
    code: 'Code',
    profile: (profile: string, passMark: number) =>
      `${profile} profile · pass mark ${passMark} of 5`,
  },

  /** A metric by the name that it has in `grader/metrics/metric.ts`. */
  metricName: (name: string): string => name,
  /** How an output was read, by what the scorer says of it. */
  reading: (reading: string): string => reading,

  metric: {
    title: 'Result against the thresholds',
    /** The metric in one sentence; its value stands between both parts. */
    lead: (name: string, { unit, rows, low, high }: MeasuredWords) => ({
      before: name,
      after: `${unit === '' ? '' : ` ${unit}`} on ${rows} held-out rows, 95% interval ${low} to ${high}.`,
    }),
    worse: '← worse',
    better: 'better →',
    scale: (baseline: string) =>
      `Every zone is drawn equally wide, and linear inside. The dot is this result, its whisker the interval of 95% over held-out rows of the same kind; the dotted line is a constant guess, ${baseline}.`,
    caption: (value: string, better: 'lower' | 'higher') => `${value}, ${better} is better`,
    points: 'Points',
    bar: 'Bar',
    reached: 'Reached',
    distance: 'Distance',
    certainty: 'Certainty',
    passMark: 'pass mark',
    yes: 'yes',
    no: 'no',
    toSpare: (distance: string) => `${distance} to spare`,
    short: (distance: string) => `${distance} short`,
    certaintyMeaning:
      'Certainty: how often other held-out rows of the same kind would reach the bar.',
    outputReadAs: 'Output read as:',
    baseline: (baseline: string) =>
      `Constant baseline ${baseline}: the score of a model that always gives the same answer.`,
    barsFrom: 'Bars:',
    /** The scale of points, for who cannot see it. */
    spoken: ({ name, value, points, baseline }: SpokenScale) =>
      `Scale from 0 to 5 points. ${name} ${value} lies in the zone of ${points}; the constant baseline is ${baseline}.`,
    next: ({ points, relation, bar, gap, errors }: NextPoint) =>
      `${points} ${points === 1 ? 'point needs' : 'points need'} ${relation} ${bar}: ${gap} away${errors === null ? '' : `, ${errors} standard errors`}.`,
    /** Points that other held-out rows would reach, each with the share of cases. */
    closeCall: (near: readonly { readonly points: number; readonly share: string }[]) =>
      `Borderline: other held-out rows of the same kind would give ${near
        .map(
          ({ points, share }) => `${points === 5 ? '5 points' : `${points} or more`} in ${share}`,
        )
        .join(', ')} of all cases.`,
  },

  gap: {
    moreRight: (needed: number, rows: number) =>
      `That is ${plural(needed, 'more right answer')} of ${count(rows)}.`,
    worstConfusion: ({ times, actual, predicted, share }: Confused) =>
      `The most frequent error, ${times} times "${actual}" was taken for "${predicted}", is ${share} of that.`,
    someOfConfusion: ({ times, actual, predicted, share }: Confused) =>
      `${times} times "${actual}" was taken for "${predicted}": ${share} of these would do.`,
    /** Values of the target between two, or without a lower or an upper end. */
    range: (lowest: string | null, highest: string | null) => {
      if (lowest === null) return `those with true values up to ${highest ?? ''}`;
      if (highest === null) return `those with true values from ${lowest} up`;
      return `those with true values from ${lowest} to ${highest}`;
    },
    worstRange: ({ rows, range, error, metric, value, points }: WorstRange) =>
      `${rows} of the rows, ${range}, make ${error} of the error. Were they predicted as well as the others, the ${metric} would be ${value}: ${plural(points, 'point')}.`,
  },

  /** Changes of a recipe. */
  changes: {
    layer: (place: number) => `layer ${place}`,
    title: 'What differs in the recipes',
    added: 'added',
    removed: 'removed',
  },

  /** The last attempt beside this one. */
  since: {
    title: 'Since the last attempt',
    label: 'Since',
    then: ({ date, points, metric, value }: ThenWords) =>
      `Last attempt, ${date}: ${points}, ${metric} ${value}.`,
    difference: ({ value, low, high, rows, trend, share }: DifferenceWords) =>
      `Difference ${value} (95% interval ${low} to ${high}): ${
        {
          better: 'better beyond chance',
          worse: 'worse beyond chance',
          unsure: `within chance, better in ${share} of the resamples`,
        }[trend]
      }, by both models' answers to the same ${rows} held-out rows.`,
    equal: (rows: string) => `Both models gave the same result on each of the ${rows} rows.`,
    notPaired:
      'The two were not compared row by row: the held-out rows were others, or the earlier predictions are gone.',
    seed: 'seed',
    more: (count: number) => `And ${plural(count, 'more change')}, in report.json.`,
    nothing: 'Recipe and seed are as they were.',
    unknown: 'There is no recipe and no model of both to compare.',
    meaning:
      'Chance here is that of the held-out rows. Another seed may move a result as well; only several tell by how much.',
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
  /** What was tried to find answers that leaked. */
  probes: {
    title: 'Probed for leaks',
    sharedRows: ({ rows, exact, near, kind }: SharedRows) => {
      const same = `Held-out rows that are in the training or validation part as well: ${count(exact)} of ${count(rows)} with the same values`;
      const alike = {
        words: `${count(near)} with all words but one the same.`,
        pictures: `${count(near)} nearly the same to look at.`,
        features: `${count(near)} with every feature nearly the same.`,
        series: '',
      }[kind];
      return alike === '' ? `${same}.` : `${same}, ${alike}`;
    },
    sees: (steps: number, moved: string) =>
      `Inputs after step ${steps} were changed: outputs up to it moved by ${moved} standard deviations.`,
    seesNothing: (steps: number) =>
      `Inputs after step ${steps} were changed: the outputs up to it stayed as they were, so no step sees what comes after it.`,
  },

  /** Short trainings at other learning rates. */
  sweep: {
    title: 'Loss against learning rate',
    label: 'Rate ',
    lead: (verdict: RateSweep['verdict'], own: string, taken: string) => {
      const judged = {
        'too-high': `The learning rate, ${own}, is too high: take ${taken}.`,
        'too-low': `The learning rate, ${own}, is too low: take ${taken}.`,
        'about-right': `The learning rate, ${own}, is about right; ${taken} is the lowest that comes about as far in a short training.`,
      };
      return judged[verdict];
    },
    rate: 'Learning rate',
    loss: 'Loss',
    notFinite: 'not finite',
    meaning:
      'About a hundred steps at each constant rate, after the grading and without the callbacks; loss of the last epoch. It changes no points.',
  },

  /** One recipe by several seeds. */
  seeds: {
    title: 'By seed',
    label: 'Seeds',
    lead: ({ asked, done, failed, graded, metric, lowest, highest, points }: SeedWords) => {
      const range =
        lowest === null || highest === null ? '' : `: ${metric} from ${lowest} to ${highest}`;
      return `${done < asked ? `${done} of ${asked}` : done} trainings${range}, points ${points.join(', ')}${failed === 0 ? '' : `, ${failed} of them failed`}. The median, seed ${graded}, is what was graded.`;
    },
    seed: 'Seed',
    points: 'Points',
    epochs: 'Epochs',
    time: 'Training',
  },

  /** Of predictions that were scored again. */
  scoredBefore: {
    title: 'Scored again',
    label: 'Again',
    lead: (date: string, isChanged: boolean) =>
      `The predictions that were scored on ${date} were scored again; nothing was trained.${isChanged ? '' : ' Nothing has changed.'}`,
    before: 'before',
    now: 'now',
    points: 'points',
    metric: 'metric',
    value: 'value of the metric',
    profile: 'profile',
    bar: (points: number) => `asked for ${points} of 5`,
    problem: "problem's version",
    grader: 'grader',
  },

  explanation: {
    title: 'What the model looked at',
    notWhy: 'It says what the answers depend on, not why they are right.',
    asked: (predictions: string, seconds: string) =>
      `${predictions} predictions, made when the score stood, ${seconds} s.`,
    occlusion:
      'Each square of a picture was covered in turn. Blue: without it the model is less sure of its answer; orange: surer. The rows that came out worst, and two that it was surest of.',
    leftOutWords:
      'Each word was left out in turn. Blue: without it the model is less sure of its answer; orange: surer. The rows that came out worst, and two that it was surest of.',
    permutedFeatures: (rows: string) =>
      `The values of one feature after the other changed places among ${rows} held-out rows: the more the metric suffers, the more the model goes by it. Features that say the same thing share it.`,
    permutedLags: (rows: string) =>
      `The values so many steps back changed places among ${rows} held-out windows: the more the metric suffers, the more the model goes by them.`,
    feature: 'Feature',
    stepsBack: 'Steps back',
    shuffled: (metric: string) => `${metric}, shuffled`,
    worse: 'worse by',
    whole: (value: string) => `As they are, these rows have ${value}.`,
    leftOut: (others: string, value: string) =>
      `The other ${others} matter less and are in report.json. As they are, these rows have ${value}.`,
    right: (predicted: string) => `${predicted}, rightly`,
    wrong: (predicted: string, actual: string) => `${predicted}, in truth ${actual}`,
    square: (down: number, across: number) => `the square in row ${down}, column ${across}`,
    word: (word: string) => `"${word}"`,
    falls: (part: string, given: string, without: string) =>
      `Without ${part} its probability falls from ${given} to ${without}.`,
    nothing: (given: string) => `No part alone lowers its probability of ${given}.`,
  },
  evidence: {
    totals: 'This problem tells totals alone: no held-out row is shown.',
    examples: 'Held-out rows, the worst first',
    shownOf: (shown: string, all: string, file: string) =>
      `${shown} of ${all} rows; all of them stand in ${file}.`,
    ranking: {
      probability: 'A row is the worse, the less probability its true class was given.',
      score:
        'A row is the worse, the further the predicted class lies above the true one. The outputs are no probabilities.',
      distance: 'A row is the worse, the further the prediction is off.',
    },
    row: 'Row',
    example: 'Example',
    actual: 'Actual',
    predicted: 'Predicted',
    error: 'Error',
    confidence: 'Confidence',
    ofActual: 'Of the true class',
    right: 'right',
    notKnown: 'not known to the model',
    notKnownNote:
      'A word in a dashed box was not known to the model: it was given the mark for unknown words.',
    windowNote:
      'Drawn is what the forecast was made from, then the actual value in grey and the predicted one in blue.',
    picture: (row: number) => `Held-out row ${row}`,
    window: (steps: number, first: string, last: string) =>
      `${steps} values, the first ${first}, the last ${last}`,
    filter: 'Filter',
    all: 'all',
    filtered: 'Rows shown:',
  },
};

interface SeedWords {
  readonly asked: number;
  readonly done: number;
  readonly failed: number;
  /** The seed whose training was graded. */
  readonly graded: number;
  readonly metric: string;
  /** Null where every training failed. */
  readonly lowest: string | null;
  readonly highest: string | null;
  /** Of each seed. */
  readonly points: readonly number[];
}

export type Words = typeof english;

interface ThenWords {
  readonly date: string;
  readonly points: string;
  readonly metric: string;
  readonly value: string;
}

interface DifferenceWords {
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly rows: string;
  readonly trend: 'better' | 'worse' | 'unsure';
  /** Of the resamples in which it is better. */
  readonly share: string;
}

interface MeasuredWords {
  readonly unit: string;
  readonly rows: string;
  readonly low: string;
  readonly high: string;
}

interface SpokenScale {
  readonly name: string;
  readonly value: string;
  readonly points: number;
  readonly baseline: string;
}

interface NextPoint {
  readonly points: number;
  /** How the bar is reached. */
  readonly relation: '≤' | '<' | '≥' | '>';
  readonly bar: string;
  readonly gap: string;
  /** The gap in standard errors; null where there are none. */
  readonly errors: string | null;
}

interface Confused {
  readonly times: string;
  readonly actual: string;
  readonly predicted: string;
  readonly share: string;
}

interface WorstRange {
  /** Shares of all rows and of all error. */
  readonly rows: string;
  readonly error: string;
  readonly range: string;
  readonly metric: string;
  /** The metric if these rows were as the others, and its points. */
  readonly value: string;
  readonly points: number;
}
