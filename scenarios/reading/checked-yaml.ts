import type { z } from "zod";
import { type Place, TenureError } from "../../engine/index.js";
import { ScenarioErrors } from "../scenario-errors.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { refusalsOf, type Subject } from "./issues.js";
import { type Path, PlaceIndex } from "./place-index.js";
import { readYaml, withoutByteOrderMark } from "./yaml-text.js";

/** A YAML text that met its schema. */
export interface CheckedYaml<Value> {
  readonly value: Value;
  /** Where a value was written, or its key. */
  place(path: Path, what?: "key" | "value"): Place;
}

/** Where `__proto__` is a key of its own; null: nowhere. */
function hiddenKey(value: unknown, path: Path): Path | null {
  if (typeof value !== "object" || value === null) return null;
  for (const key of Object.keys(value)) {
    const found = key === "__proto__" ? [...path, key] : hiddenKey((value as Record<string, unknown>)[key], [...path, key]);
    if (found !== null) return found;
  }
  return null;
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
  const yaml = readYaml(withoutByteOrderMark(text), file, true);
  if (yaml.errors.length > 0) throw new ScenarioErrors(yaml.errors);
  const places = new PlaceIndex();
  places.add({ at: [], file, document: yaml.document, lines: yaml.lines });
  // No schema sees this key.
  const hidden = hiddenKey(yaml.value, []);
  if (hidden !== null) {
    throw new ScenarioErrors([
      new TenureError({
        code: SCENARIO_CODES.unknownKey,
        what: "There is no key __proto__ here.",
        place: places.place(hidden, "key"),
        found: "__proto__",
        allowed: "the keys of the reference page",
        hint: "Take it out.",
      }),
    ]);
  }
  const parsed = subject.schema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data, place: (path, what = "value") => places.place(path, what) };
  throw new ScenarioErrors(refusalsOf(parsed.error.issues, yaml.value, places, subject));
}
