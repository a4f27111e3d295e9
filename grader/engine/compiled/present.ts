/**
 * A value that a list or a record must have. Throws with its name where it is missing: a graph with a
 * gap would run until TensorFlow finds a node without an input.
 */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`internal: the graph has no ${what}`);
  return value;
}
