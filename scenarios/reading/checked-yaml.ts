import type { z } from "zod";
import type { Place } from "../../engine/index.js";
import { ScenarioErrors } from "../scenario-errors.js";
import { refusalsOf, type Subject } from "./issues.js";
import { type Path, PlaceIndex } from "./place-index.js";
import { readYaml } from "./yaml-text.js";

/** A YAML text that met its schema. */
export interface CheckedYaml<Value> {
  readonly value: Value;
  /** Where a value was written, or its key. */
  place(path: Path, what?: "key" | "value"): Place;
}

/**
 * Reads a YAML text by a schema, with the places, near names and hints that a scenario's faults have.
 * @throws ScenarioErrors with everything that is wrong
 */
export function checkedYaml<S extends z.ZodType>(
  text: string,
  file: string,
  subject: Subject & { readonly schema: S },
): CheckedYaml<z.output<S>> {
  // A mark of the byte order is no part of what is read.
  const yaml = readYaml(text.replace(/^\u{feff}/u, ""), file, true);
  if (yaml.errors.length > 0) throw new ScenarioErrors(yaml.errors);
  const places = new PlaceIndex();
  places.add({ at: [], file, document: yaml.document, lines: yaml.lines });
  const parsed = subject.schema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data, place: (path, what = "value") => places.place(path, what) };
  throw new ScenarioErrors(refusalsOf(parsed.error.issues, yaml.value, places, subject));
}
