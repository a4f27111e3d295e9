import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { peerNames } from './contenders.js';
import { defaultPythonFolder } from './python-env.js';
import { quickNames, workloads } from './workloads.js';

const sections = ['main', 'one-core', 'size'];

const help = `npm run bench -- [options]

Milliseconds of a training step, time to the first step, memory and prediction: this engine against
plain TF.js, Keras 3 on TensorFlow, Keras 3 on JAX, and PyTorch, in turns, each with the best of the
settings that a small search tries. The full table takes about an hour.

  --quick               ours and plain TF.js on small models, one short window each: checks that
                        everything runs (under a minute), not how fast
  --only NAMES          workloads, with commas: ${workloads.map(({ name }) => name).join(', ')}
  --peers NAMES         of ${peerNames.join(', ')}; "none" for no Python at all
  --against DIR         another checkout of this project, built, instead of the peers: before and after
  --tables NAMES        of ${sections.join(', ')}
  --windows N           timing windows of each contender (5)
  --seconds N           length of a window (1)
  --python-env DIR      folder with one Python environment per framework
                        (${defaultPythonFolder()})
  --make-python-env     makes them with pip first: about 3.5 GB, downloaded from pip's index
  --write               writes bench/RESULTS.md
  --help
`;

/** The options of a run. Prints the help and ends the process where that is asked for. */
export function readOptions(args) {
  const { values } = parseOrExit(args);
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const { quick } = values;
  const names = workloads.map(({ name }) => name);
  const only = listOf('--only', values.only, names) ?? (quick ? quickNames : names);
  const peers = values.peers === 'none' ? [] : listOf('--peers', values.peers, peerNames);
  return {
    quick,
    workloads: workloads.filter(({ name }) => only.includes(name)),
    peers: peers ?? (quick ? [] : peerNames),
    sections: listOf('--tables', values.tables, sections) ?? sections,
    timing: {
      windows: numberOf('--windows', values.windows) ?? (quick ? 1 : 5),
      seconds: numberOf('--seconds', values.seconds) ?? (quick ? 0.2 : 1),
      extraRounds: quick ? 0 : 3,
    },
    pythonFolder: values['python-env'] ?? defaultPythonFolder(),
    makesPython: values['make-python-env'],
    writes: values.write,
    against: checkoutOf(values.against),
    isFull: !quick && !values.only && !values.peers && !values.tables && !values.against,
  };
}

function parseOrExit(args) {
  const [flag, text] = [{ type: 'boolean', default: false }, { type: 'string' }];
  try {
    return parseArgs({
      args,
      options: {
        ...{ quick: flag, help: flag, write: flag, 'make-python-env': flag },
        ...{ against: text, only: text, peers: text, tables: text, windows: text, seconds: text },
        'python-env': text,
      },
    });
  } catch (error) {
    return refuse(error.message);
  }
}

function listOf(option, text, known) {
  if (text === undefined) return null;
  const names = text.split(',');
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined
    ? names
    : refuse(`${option} takes ${known.join(', ')}; it was given "${unknown}".`);
}

function checkoutOf(directory) {
  if (directory === undefined) return null;
  const built = join(resolve(directory), 'dist', 'grader', 'engine');
  if (existsSync(built)) return resolve(directory);
  return refuse(
    `--against takes a checkout in which npm run build was run; ${built} is not there.`,
  );
}

function numberOf(option, text) {
  if (text === undefined) return null;
  const value = Number(text);
  return value > 0 ? value : refuse(`${option} takes a positive number; it was given "${text}".`);
}

function refuse(message) {
  console.error(`${message}\nnpm run bench -- --help lists the options.`);
  process.exit(2);
}
