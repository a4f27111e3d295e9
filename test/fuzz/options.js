import { parseArgs } from 'node:util';

const help = `npm run fuzz -- [options]

Damages real model files (of ../shared/fixtures/keras, or some that are made) and reads them as the
product does. Ends with 1 where one crashes it, or is not refused in the product's own words.

  --count N   mutations (20000, about six minutes on two cores)
  --seed N    another seed makes other mutations (1)
  --only N    one mutation by its number, with what came of it
  --jobs N    processes side by side (2)
  --help
`;

/** The options of a run. Prints the help and ends the process where that is asked for. */
export function readOptions(args) {
  const values = parseOrExit(args);
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  return {
    count: number('count', values.count, 1),
    seed: number('seed', values.seed, 0),
    jobs: number('jobs', values.jobs, 1),
    only: values.only === undefined ? null : number('only', values.only, 0),
  };
}

function parseOrExit(args) {
  const text = { type: 'string' };
  const options = {
    count: { ...text, default: '20000' },
    seed: { ...text, default: '1' },
    jobs: { ...text, default: '2' },
    only: text,
    help: { type: 'boolean', default: false },
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return exit(error.message);
  }
}

function number(name, text, least) {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least) return value;
  return exit(`--${name} must be a whole number from ${least}, got "${text}".`);
}

function exit(message) {
  console.error(`${message}\n\n${help}`);
  process.exit(2);
}
