import { styleText } from 'node:util';
import { stripVTControlCharacters } from 'node:util';
import type { ProgressEvent } from '../contract/progress.ts';
import { jsonLine, withoutCommands } from '../text/printable.ts';

type Style = Parameters<typeof styleText>[0];

/** The terminal as a value: made once, handed to whoever prints. */
export interface Screen {
  readonly isTty: boolean;
  readonly width: number;
  /** Text in a colour or weight, or unchanged where colours are off. */
  style(style: Style, text: string): string;
  /** A finished line on stdout. */
  print(line: string): void;
  /** A finished line on stderr: progress, warnings, errors. */
  note(line: string): void;
  /** A command to the CI system, on stderr; its text is escaped already. */
  command(line: string): void;
  /** From here on every line on stderr is a JSON object: what is noted is the event `message`. */
  speakJson(): void;
  /** A line on stderr where JSON is spoken; else nothing. */
  event(event: ProgressEvent): void;
  /** Rewrites one status line on stderr; on something that is no terminal it does nothing. */
  status(line: string): void;
}

export function createScreen(
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  environment: NodeJS.ProcessEnv,
): Screen {
  const isTty = stderr.isTTY && environment['TERM'] !== 'dumb';
  const colours = wantsColours(isTty && stdout.isTTY, environment);
  const width = stderr.columns || 80;
  let statusShown = false;
  let speaksJson = false;
  const event = (fields: ProgressEvent) => {
    if (speaksJson) stderr.write(`${jsonLine(fields)}\n`);
  };
  const clear = () => {
    if (statusShown) stderr.write('\r\x1b[2K');
    statusShown = false;
  };
  return {
    isTty,
    width,
    style: (style, text) => (colours ? styleText(style, text) : text),
    print(line) {
      clear();
      stdout.write(`${withoutCommands(line)}\n`);
    },
    speakJson: () => (speaksJson = true),
    event,
    note(line) {
      if (speaksJson) {
        const text = stripVTControlCharacters(line);
        event({ event: 'message', time: new Date().toISOString(), text });
        return;
      }
      clear();
      stderr.write(`${withoutCommands(line)}\n`);
    },
    command(line) {
      if (speaksJson) return;
      clear();
      stderr.write(`${line}\n`);
    },
    status(line) {
      if (!isTty || speaksJson) return;
      stderr.write(`\r\x1b[2K${withoutCommands(line).slice(0, width - 1)}`);
      statusShown = line !== '';
    },
  };
}

/** NO_COLOR and FORCE_COLOR as their own pages define them: set and not empty. */
function wantsColours(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced) return forced !== '0';
  return isTerminal;
}
