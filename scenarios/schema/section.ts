import * as z from "zod";

/**
 * A mapping with these keys and no others.
 *
 * In this schema an issue's message is always *what is allowed*, in words; `issues.ts` says what is wrong. For an unknown
 * key the message lists the known ones, separated by ", ".
 */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? keys : `a mapping with keys among ${keys}`) });
}

/** One of some words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words as unknown as Words[number][], { error: words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}` });
}

/** A list of at least one entry. */
export function listOf<Entry extends z.ZodType>(entry: Entry, of: string) {
  const allowed = `a list of ${of}, at least one`;
  return z.array(entry, { error: allowed }).min(1, { error: allowed });
}
