import baseVariant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core';
import {
  diagnoseModule,
  guestModule,
  parserScript,
  readInside,
  readSourceModule,
  resolveInside,
  transformScript,
} from './guest-files.ts';
import { hookNames } from './diagnose/hook-names.ts';

// The package's types are those of its CommonJS build, where the variant is the module's `default`.
const syncVariant: QuickJSSyncVariant =
  'default' in baseVariant ? baseVariant.default : baseVariant;

const pageBytes = 64 * 1024;
const firstPages = 256;
/** Of the interpreter's own stack; what nests deeper is told as a stack overflow. */
const stackBytes = 256 * 1024;

interface Interpreter {
  /** TypeScript without its types, imports as calls of `require`; lines stay. */
  stripTypes(text: string): GuestOutcome;
  /** A text as `readSource` or `readJson` tells it, as JSON. */
  readSource(text: string, reader: 'readSource' | 'readJson'): GuestOutcome;
  /** A fresh realm with the authoring library. */
  openRealm(print: (line: string) => void): Realm;
}

interface Realm {
  /** Runs a recipe's module and answers with its answer as text; not to be trusted. */
  describe(code: string, documentBytes: number): GuestOutcome;
  /** Runs a marked recipe and answers with its diagnosis; `names` are those that nothing declares. */
  diagnose(code: string, source: string, names: readonly string[]): GuestOutcome;
}

/** Text, or what was thrown as the guest module's `failed` writes it. */
export type GuestOutcome =
  | { readonly text: string }
  | {
      readonly thrown: { readonly name: string; readonly message: string; readonly stack: string };
    };

export const fileName = 'recipe.ts';
/** Stands before a recipe on its first line. */
export const wrapper = '(function(exports,require,module){';

/**
 * QuickJS as WebAssembly, whose memory can never be more than given. It has no object of its host's but
 * the function that prints; asked for modules, it gets those of the authoring library.
 */
export async function startInterpreter(memoryBytes: number): Promise<Interpreter> {
  const maximum = Math.floor(memoryBytes / pageBytes);
  const wasmMemory = new WebAssembly.Memory({ initial: firstPages, maximum });
  const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(syncVariant, { wasmMemory }));
  const runtime = quickJs.newRuntime();
  runtime.setMaxStackSize(stackBytes);
  runtime.setModuleLoader(
    (name) => readInside(name) ?? { error: new Error(`there is no module ${name}`) },
    (base, asked) => resolveInside(base, asked),
  );
  return {
    stripTypes: (text) => stripTypes(runtime, text),
    readSource: (text, reader) => readSource(runtime, text, reader),
    openRealm: (print) => openRealm(runtime, print),
  };
}

function stripTypes(runtime: QuickJSRuntime, text: string): GuestOutcome {
  const context = runtime.newContext();
  const transform = value(context, context.evalCode(transformScript(), 'sucrase.js'));
  const options = value(context, context.evalCode(transformOptions, 'options.js'));
  const source = context.newString(text);
  const made = context.callFunction(transform, context.undefined, source, options);
  if (made.error) return thrown(context, made.error);
  const code = context.getString(context.getProp(made.value, 'code'));
  for (const handle of [transform, options, source, made.value]) handle.dispose();
  return { text: code };
}

function readSource(runtime: QuickJSRuntime, text: string, reader: string): GuestOutcome {
  const context = runtime.newContext();
  const parser = value(context, context.evalCode(parserScript(), 'parser.js'));
  const read = context.getProp(loadModule(context, readSourceModule), reader);
  const made = context.callFunction(read, context.undefined, parser, context.newString(text));
  return made.error ? thrown(context, made.error) : { text: context.getString(made.value) };
}

function loadModule(context: QuickJSContext, name: string): QuickJSHandle {
  return value(context, context.evalCode(readInside(name) ?? '', name, { type: 'module' }));
}

const transformOptions = `({transforms:['typescript','imports'],filePath:'${fileName}',disableESTransforms:true,production:true})`;

function openRealm(runtime: QuickJSRuntime, print: (line: string) => void): Realm {
  const context = runtime.newContext();
  const guest = loadModule(context, guestModule);
  const printer = context.newFunction('print', (line) => print(context.getString(line)));
  const prepare = context.getProp(guest, 'prepareRealm');
  value(context, context.callFunction(prepare, context.undefined, printer));
  const describeFunction = context.getProp(guest, 'describe');
  return {
    describe(code, documentBytes) {
      const run = context.evalCode(`${wrapper}${code}\n})`, fileName);
      if (run.error) return syntaxError(context, code, run.error);
      const most = context.newNumber(documentBytes);
      const answered = context.callFunction(describeFunction, context.undefined, run.value, most);
      return answered.error
        ? thrown(context, answered.error)
        : { text: context.getString(answered.value) };
    },
    diagnose(code, source, names) {
      const given = ['exports', 'require', 'module', ...Object.values(hookNames), ...names];
      const run = context.evalCode(`(function(${given.join()}){${code}\n})`, fileName);
      if (run.error) return thrown(context, run.error);
      const diagnose = context.getProp(loadModule(context, diagnoseModule), 'diagnose');
      const text = context.newString(source);
      const answered = context.callFunction(diagnose, context.undefined, run.value, text);
      return answered.error
        ? thrown(context, answered.error)
        : { text: context.getString(answered.value) };
    },
  };
}

export const awaits = 'AwaitError';

/** A misplaced `await` has just that wrong: in an async function the text compiles. */
function syntaxError(context: QuickJSContext, code: string, error: QuickJSHandle): GuestOutcome {
  const first = thrown(context, error);
  const again = context.evalCode(`(async ${wrapper.slice(1)}${code}\n})`, fileName);
  if (again.error || !('thrown' in first)) return first;
  return { thrown: { ...first.thrown, name: awaits } };
}

/** What is wrong here is wrong in the grader's own code. */
function value(
  context: QuickJSContext,
  result: ReturnType<QuickJSContext['evalCode']>,
): QuickJSHandle {
  if (!result.error) return result.value;
  const outcome = thrown(context, result.error);
  throw new Error(`internal: ${JSON.stringify(outcome)}`);
}

/** Read by names only: whatever was thrown may have getters. */
function thrown(context: QuickJSContext, error: QuickJSHandle): GuestOutcome {
  const read = (name: string): string => {
    const text = context.evalCode(`(e)=>{try{return String(e.${name})}catch{return ''}}`);
    if (text.error) return '';
    const got = context.callFunction(text.value, context.undefined, error);
    return got.error ? '' : context.getString(got.value);
  };
  const type = context.typeof(error);
  if (type !== 'object')
    return { thrown: { name: 'InternalError', message: 'out of memory', stack: '' } };
  return { thrown: { name: read('name'), message: read('message'), stack: read('stack') } };
}
