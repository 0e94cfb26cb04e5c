import { Script } from "node:vm";

/**
 * Stands between an objective of a file and the run, as `agents-in-own-world.ts` does for agents: the run is copied into the world of the file
 * for each call, so that nothing it does is seen by anybody else, and what it throws comes out as words.
 */
const FACADE = new Script(`() => {
  "use strict";
  const { create, freeze, keys } = Object;
  const { parse, stringify } = JSON;
  const text = String;
  const Fault = Error;
  const arrays = freeze({ __proto__: null, Float64Array, Int32Array, Uint8Array });
  const copy = (value) => freeze(parse(stringify(value)));
  const words = (error) => {
    try {
      const { message } = error ?? {};
      return text(message ?? error);
    } catch {
      return "something that has no words";
    }
  };
  const column = (kind, values) => {
    if (kind !== "Array") return new arrays[kind](values);
    const own = [];
    for (let i = 0; i < values.length; i++) own[i] = values[i];
    return freeze(own);
  };
  const entries = (from, taken) => {
    const own = create(null);
    for (const name of keys(from)) own[name] = taken(from[name]);
    return freeze(own);
  };
  return (measure) => (values, figures, tables) => {
    const run = freeze({
      figures: entries(figures, (value) => value),
      tables: entries(tables, (columns) => entries(columns, ({ kind, values }) => column(kind, values))),
    });
    try {
      return measure(copy(values), run);
    } catch (error) {
      throw new Fault(words(error));
    }
  };
}`);

type Measure = (...given: unknown[]) => unknown;

/** A column and the class of its array. */
export interface CopiedColumn {
  readonly kind: "Array" | "Float64Array" | "Int32Array" | "Uint8Array";
  readonly values: readonly string[] | Float64Array | Int32Array | Uint8Array;
}

/** Asks an objective of a file. */
export type MeasureInOwnWorld = (
  values: object,
  figures: Readonly<Record<string, number>>,
  tables: Readonly<Record<string, Readonly<Record<string, CopiedColumn>>>>,
) => unknown;

/** Makes a run of the file's own world. @param world in which the file runs, before anything of it does */
export function objectivesInOwnWorld(world: object): (measure: Measure) => MeasureInOwnWorld {
  return FACADE.runInContext(world)() as (measure: Measure) => MeasureInOwnWorld;
}
