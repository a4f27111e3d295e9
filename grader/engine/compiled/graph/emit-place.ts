import type { Program } from '../program/program.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Where a program is written: its inputs and variables by node name, and the frame it stands in. */
export interface EmitPlace {
  readonly graph: GraphBuilder;
  /** The node that a frame's constants wait for; null outside of loops. */
  readonly pivot: string | null;
  /** The nodes that the program's inputs and variables are read from, by value number. */
  readonly given: ReadonlyMap<number, string>;
}

/** Writes a program's operations as nodes; answers the node of each value. */
export type EmitProgram = (program: Program, place: EmitPlace) => (id: number) => string;
