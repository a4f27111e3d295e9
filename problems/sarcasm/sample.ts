import {
  deriveSeed,
  seededRandom,
  type ProblemData,
  type Random,
  type Split,
} from 'grader/problem';

const length = 120;
const cueWords = 30;

/**
 * Generated headlines: common words by Zipf's law, and about a third of cue words, of which 85 in
 * 100 belong to the headline's own class. All ids are below the default vocabulary of 1000.
 */
export function sample(seed: number): ProblemData {
  return {
    training: generate(1500, seededRandom(deriveSeed(seed, 1))),
    validation: generate(300, seededRandom(deriveSeed(seed, 2))),
    heldOut: generate(300, seededRandom(deriveSeed(seed, 3))),
    decoding: {},
    notes: ['Sample data: the headlines are generated word ids, not text.'],
  };
}

function generate(rows: number, random: Random): Split {
  const ids = new Int32Array(rows * length);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 2);
  labels.forEach((label, row) => {
    const words = 6 + Math.floor(9 * random());
    for (let position = 0; position < words; position++) {
      ids[row * length + position] = random() < 0.33 ? cue(label, random) : common(random);
    }
  });
  return {
    inputs: { dtype: 'int32', shape: [rows, length], data: ids },
    targets: { dtype: 'int32', shape: [rows], data: labels },
  };
}

function cue(label: number, random: Random): number {
  const shown = random() < 0.85 ? label : 1 - label;
  return 200 + cueWords * shown + Math.floor(cueWords * random());
}

/** Ids 2 to 199, the lower the more frequent: 199 to the power of a uniform number follows Zipf's law. */
function common(random: Random): number {
  return 1 + Math.floor(199 ** random());
}
