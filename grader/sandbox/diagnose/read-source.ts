import { findBracket } from './brackets.ts';
import { findExport, withoutExport } from './find-export.ts';
import { findKeywords, keywordNames } from './find-keywords.ts';
import { findNames } from './find-names.ts';
import { markPieces, spanOf } from './mark-pieces.ts';
import { diagnoseJson } from './read-json.ts';
import type { Diagnosis, PlacedMistake, Source } from './source.ts';
import { isNode, walk, type Node } from './syntax-tree.ts';

/** What of @babel/parser is used. */
interface Parser {
  parse(text: string, options: object): unknown;
  parseExpression(text: string, options: object): unknown;
}

interface ParserError {
  readonly message: string;
  readonly pos: number;
}

/** A recipe as the parser reads it, as JSON text. Runs in the interpreter, before any of the recipe. */
export function readSource(parser: Parser, text: string): string {
  return JSON.stringify(read(parser, text));
}

/** The same for a recipe that is JSON: its diagnosis as JSON text. */
export function readJson(parser: Parser, text: string): string {
  return JSON.stringify(readJsonText(parser, text));
}

function readJsonText(parser: Parser, text: string): Diagnosis {
  try {
    const root = parser.parseExpression(text, { errorRecovery: true, attachComment: false });
    if (isNode(root)) return diagnoseJson(root, text);
  } catch (error) {
    if (!isParserError(error)) throw error;
    const mistakes = [findBracket(text) ?? placed(error, text)];
    return { mistakes, places: {}, isWhole: false };
  }
  throw new Error('the parser gave no expression');
}

function read(parser: Parser, text: string): Source {
  const parsed = parse(parser, text, ['typescript']);
  if ('error' in parsed) return unreadable([fatal(parser, text, parsed.error)]);
  const { program, errors } = parsed;
  const syntax = [...errors.map((error) => placed(error, text)), ...findWaiting(program)];
  if (syntax.length > 0) return unreadable(syntax);
  const names = findNames(program);
  const unknown = [...new Set([...names.unknown, ...keywordNames(program)])];
  return {
    ...{ syntax, ...markPieces(program, text), unknown },
    mistakes: [...names.mistakes, ...findKeywords(program, text)],
    exported: findExport(program),
    withoutExport: withoutExport(program),
  };
}

function unreadable(syntax: readonly PlacedMistake[]): Source {
  const nothing = { mistakes: [], pieces: [], code: '', unknown: [], exported: null };
  return { ...nothing, syntax, withoutExport: { message: '', at: null } };
}

type Parsed =
  | { readonly error: ParserError }
  | { readonly program: Node; readonly errors: readonly ParserError[] };

function parse(parser: Parser, text: string, plugins: readonly string[]): Parsed {
  try {
    const file = parser.parse(text, {
      ...{ sourceType: 'module', errorRecovery: true, attachComment: false, plugins },
    }) as { program: unknown; errors: ParserError[] };
    if (!isNode(file.program)) throw new Error('the parser gave no program');
    return { program: file.program, errors: file.errors };
  } catch (error) {
    if (isParserError(error)) return { error };
    throw error;
  }
}

function isParserError(error: unknown): error is ParserError {
  return typeof error === 'object' && error !== null && 'pos' in error;
}

/** What ends the parser, in the words for the mistakes that are made most. */
function fatal(parser: Parser, text: string, error: ParserError): PlacedMistake {
  const line = lineAt(text, error.pos);
  const python = pythonIn(line.text);
  if (python !== null) return { message: python, at: [line.start, line.start + line.text.length] };
  if (!('error' in parse(parser, text, ['typescript', 'jsx']))) {
    return { message: 'A recipe has no JSX.', at: [error.pos, error.pos + 1] };
  }
  const bracket = /Unexpected token|expected|end of/i.test(error.message)
    ? findBracket(text)
    : null;
  return bracket ?? placed(error, text);
}

function placed({ message, pos }: ParserError, text: string): PlacedMistake {
  const said = message.replace(/ \(\d+:\d+\)$/, '');
  const sign = text.slice(pos, pos + 1);
  const hint = hints.find(({ signs }) => sign !== '' && signs.includes(sign))?.hint ?? '';
  const word = /^[\w$]+/.exec(text.slice(pos))?.[0].length ?? 1;
  return { message: `${said.replace(/\.?$/, '.')}${hint}`, at: [pos, pos + word] };
}

const hints = [
  { signs: '‘’“”´＇＂', hint: ' Write straight quotes: \' or ".' },
  { signs: '（）［］｛｝，：；．', hint: ' Write the half-width sign of the Latin keyboard.' },
  { signs: '#', hint: ' A comment begins with //.' },
];

const python: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*(?:#.*)?$)/, 'an import'],
  [/^\s*(?:def|class)\s+\w+\s*\(.*\)\s*:/, 'a definition'],
  [/^\s*(?:if|elif|for|while|with|try|else)\b[^{]*:\s*$/, 'a statement'],
  [/^\s*#/, 'a comment'],
  [/\blambda\b[^:{]*:/, 'a lambda'],
];

function pythonIn(line: string): string | null {
  const found = python.find(([pattern]) => pattern.test(line));
  if (!found) return null;
  const instead = found[1] === 'a comment' ? ' A comment begins with //.' : '';
  return `This is ${found[1]} of Python; a recipe is TypeScript or JavaScript.${instead}`;
}

function lineAt(text: string, position: number): { readonly start: number; readonly text: string } {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const end = text.indexOf('\n', position);
  return { start, text: text.slice(start, end < 0 ? text.length : end).trimEnd() };
}

/** `await` outside of functions. */
function findWaiting(program: Node): readonly PlacedMistake[] {
  const waiting: PlacedMistake[] = [];
  walk(program, (node, parents) => {
    const isInside = parents.some(({ type }) => /Function|Method/.test(type));
    const waits = node.type === 'AwaitExpression' || node['await'] === true;
    if (!waits || isInside) return;
    waiting.push({ message: 'A recipe is read in one go, without await.', at: spanOf(node) });
  });
  return waiting;
}
