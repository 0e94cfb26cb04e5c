import * as z from "zod";

/** A schema of any type. */
export type Schema = z.core.$ZodType;
/** The keys of a mapping, each with the schema of its value. */
export type Mapping = Readonly<Record<string, Schema>>;

/** What a value may be, without what says that it may be left out: one schema, or each of a union. */
export function alternativesOf(schema: Schema): readonly Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
      return alternativesOf(def.innerType);
    case "pipe":
      return alternativesOf(def.in);
    case "union":
      return def.options.flatMap(alternativesOf);
    default:
      return [schema];
  }
}

/** The mappings that a value may be. */
export function mappingsOf(schema: Schema): readonly Mapping[] {
  return alternativesOf(schema).flatMap((one) => {
    const { def } = (one as z.core.$ZodTypes)._zod;
    return def.type === "object" ? [def.shape as Mapping] : [];
  });
}

/** What the entries of the lists are that a value may be. */
export function entriesOf(schema: Schema): readonly Schema[] {
  return alternativesOf(schema).flatMap((one) => {
    const { def } = (one as z.core.$ZodTypes)._zod;
    return def.type === "array" ? [def.element] : [];
  });
}

/** What a key means, as it was described; undefined where it was not. */
export function meaningOf(schema: Schema): string | undefined {
  const meaning = z.globalRegistry.get(schema)?.description;
  if (meaning !== undefined) return meaning;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return "innerType" in def ? meaningOf(def.innerType) : undefined;
}

/** Has the key to be stated? */
export function isRequired(schema: Schema): boolean {
  return schema._zod.optin === undefined;
}

/** The one word that a value has to be; undefined where there are several, or any. */
export function onlyWord(schema: Schema): string | undefined {
  const { values } = schema._zod;
  const [word, ...others] = values ?? [];
  return word === undefined || others.length > 0 ? undefined : String(word);
}
