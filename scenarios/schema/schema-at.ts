import { entriesOf, isRequired, type Mapping, mappingsOf, type Schema } from "./schema-walk.js";

/** The schema of a value inside another, and the key that it stands under. */
export interface SchemaAt {
  readonly key: string;
  readonly schema: Schema;
}

/**
 * The schemas on the way to a value, the outermost first; where a mapping may be one of several, that which the value is
 * most like. Ends where the path leaves the schema.
 */
export function schemasTo(schema: Schema, path: readonly (string | number)[], value: unknown): readonly SchemaAt[] {
  const passed: SchemaAt[] = [];
  let at: Schema = schema;
  let inner = value;
  let key = "";
  for (const step of path) {
    const next: Schema | undefined = typeof step === "number" ? entriesOf(at)[0] : likeliestMapping(at, inner)?.[step];
    if (next === undefined) break;
    if (typeof step === "string") key = step;
    at = next;
    inner = typeof inner === "object" && inner !== null ? (inner as Readonly<Record<string | number, unknown>>)[step] : undefined;
    passed.push({ key, schema: at });
  }
  return passed;
}

function likeliestMapping(schema: Schema, value: unknown): Mapping | undefined {
  const stated = typeof value === "object" && value !== null ? value : {};
  return mappingsOf(schema)
    .map((mapping) => ({ mapping, likeness: likeness(mapping, stated as Readonly<Record<string, unknown>>) }))
    .sort((a, b) => b.likeness - a.likeness)[0]?.mapping;
}

/** How many of its keys are stated, less those that are missing or have another word. Keys of the value are not gone through: there may be many. */
function likeness(mapping: Mapping, stated: Readonly<Record<string, unknown>>): number {
  let count = 0;
  for (const [key, schema] of Object.entries(mapping)) {
    const { values } = schema._zod;
    if (!Object.hasOwn(stated, key)) count -= isRequired(schema) ? 1 : 0;
    else count += values !== undefined && typeof stated[key] === "string" && !values.has(stated[key]) ? -1 : 1;
  }
  return count;
}
