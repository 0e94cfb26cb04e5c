import { entriesOf, isRequired, type Mapping, mappingsOf, onlyWord, type Schema } from "./schema-walk.js";

/** Stands in a path for any entry of a list. */
export const ANY_ENTRY = "[]";

/** A place of the schema at which a key may stand. */
export interface KeyHome {
  /** From the top, the key included; `[]` is any entry of a list: `["streams", "[]", "kinds"]`. */
  readonly path: readonly string[];
  /** What tells its mapping from the others that may stand there: `synthetic: subnet`, `recorded`; empty where it is the only one. */
  readonly kinds: readonly string[];
}

/** Where in a schema each key may stand, by the key. */
export function keyHomes(schema: Schema): ReadonlyMap<string, readonly KeyHome[]> {
  const homes = new Map<string, KeyHome[]>();
  collect(schema, [], homes);
  return homes;
}

function collect(schema: Schema, path: readonly string[], homes: Map<string, KeyHome[]>): void {
  const mappings = mappingsOf(schema);
  for (const mapping of mappings) {
    const kind = mappings.length === 1 ? undefined : kindOf(mapping);
    for (const [key, value] of Object.entries(mapping)) {
      add(homes, key, [...path, key], kind);
      collect(value, [...path, key], homes);
    }
  }
  for (const entry of entriesOf(schema)) collect(entry, [...path, ANY_ENTRY], homes);
}

function add(homes: Map<string, KeyHome[]>, key: string, path: readonly string[], kind: string | undefined): void {
  const known = homes.get(key) ?? [];
  const dotted = path.join(".");
  const at = known.findIndex((home) => home.path.join(".") === dotted);
  const kinds = [...(known[at]?.kinds ?? []), ...(kind === undefined ? [] : [kind])];
  const home = { path, kinds: [...new Set(kinds)] };
  if (at === -1) homes.set(key, [...known, home]);
  else known[at] = home;
}

/** Of a mapping that is one of several: the key that it alone has to state, with its word where there is one. */
function kindOf(mapping: Mapping): string | undefined {
  const [key, schema] = Object.entries(mapping).find(([, value]) => isRequired(value)) ?? [];
  if (key === undefined || schema === undefined) return undefined;
  const word = onlyWord(schema);
  return word === undefined ? key : `${key}: ${word}`;
}
