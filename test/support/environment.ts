import { afterEach } from '@jest/globals';

const before = new Map<string, string | undefined>();

/** Sets an environment variable until the end of the test; undefined removes it. */
export function setEnvironment(name: string, value: string | undefined): void {
  if (!before.has(name)) before.set(name, process.env[name]);
  put(name, value);
}

afterEach(() => {
  for (const [name, value] of before) put(name, value);
  before.clear();
});

function put(name: string, value: string | undefined): void {
  // Assigning undefined would set the text "undefined".
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
