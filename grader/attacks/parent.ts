import { builtProgram } from '../process/built-program.ts';
import { startChild } from '../process/start-child.ts';
import type { TryAnswer, TryJob } from './child.ts';
import { confinementOf, holdNames } from './holds.ts';
import { noTarget } from './tries/target.ts';

// A grader to be killed or stopped: it has one child, which does not end by itself.

const [, , asked, folder = '', marker = ''] = process.argv;
const hold = holdNames.find((name) => name === asked) ?? 'recipe';
await startChild<TryJob, unknown, TryAnswer>({
  program: builtProgram('attacks/child'),
  args: [marker],
  confinement: await confinementOf(hold, folder),
}).run({ name: 'spin-deaf', target: noTarget });
