import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProblem, problems } from '../../problems/index.ts';
import type { Problem, Profile } from '../contract.ts';
import type { CliContext } from './context.ts';

export function registerProblems(program: Command, { screen }: CliContext): void {
  program
    .command('problems')
    .description('list the problems')
    .option('--json', 'print the definitions as JSON')
    .action(({ json }: { json?: boolean }) => {
      if (json) {
        screen.print(
          JSON.stringify(
            problems.map(({ definition }) => definition),
            null,
            2,
          ),
        );
        return;
      }
      const width = Math.max(...problems.map(({ definition }) => definition.id.length));
      for (const { definition } of problems) {
        const id = screen.style('bold', definition.id.padEnd(width));
        screen.print(`${definition.category}  ${id}  ${definition.summary}`);
      }
    });

  program
    .command('show')
    .description('print the statement of a problem and its thresholds')
    .argument('<problem>', 'which problem: see `grader problems`')
    .option('--json', 'print the definition as JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const problem = findProblem(id);
      if (json) {
        screen.print(JSON.stringify(problem.definition, null, 2));
        return;
      }
      const statement = await readFile(join(problem.directory, 'statement.md'), 'utf8');
      screen.print(statement.trimEnd());
      screen.print('');
      for (const line of thresholds(problem)) screen.print(line);
    });
}

function thresholds({ definition }: Problem): string[] {
  const { metric, profiles, passMark } = definition;
  const lines = Object.entries(profiles).map(([name, profile]: [string, Profile]) => {
    const bars = profile.bars.map(({ points, value }) => `${points}: ${value}`).join('  ');
    const sign = metric.better === 'lower' ? '<' : '>';
    return `${name.padEnd(8)} ${metric.name} ${sign}${profile.inclusive ? '=' : ''}  ${bars}`;
  });
  return ['Points by profile:', ...lines, `Pass mark: ${passMark} of 5`];
}
