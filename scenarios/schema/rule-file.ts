import * as z from "zod";

/** A name of a built-in rule has neither; what has is the path of a file. */
const IS_PATH = /[./\\]/;
/** Control characters are in no path that a person names. */
const CONTROL = /\p{Cc}/u;

const ALLOWED = "a file with a rule of your own, such as ./my-rule.ts";

/** Is it the file of a rule, and not the name of one that is built in? */
export function isRuleFile(rule: unknown): rule is string {
  return typeof rule === "string" && IS_PATH.test(rule);
}

/** The path of a file with a rule (docs/how-to/write-a-rule.md). */
export const ruleFile = z
  .string({ error: ALLOWED })
  // Readers of the JSON Schema may not know the classes of Unicode: its pattern has none.
  .regex(IS_PATH, { error: ALLOWED, abort: true })
  .refine((path) => !CONTROL.test(path), { error: ALLOWED });

/** One of some words, or the path of a file with a rule. */
export function choiceOrRuleFile<const Words extends readonly [string, ...string[]]>(words: Words) {
  const known = z.enum(words as unknown as Words[number][]);
  return z.union([known, ruleFile], { error: `one of ${words.join(", ")}, or ${ALLOWED}` });
}

/** What is stated for the parameters of a rule of one's own; the file declares which there are, and they are checked when it is read. */
export const ruleWith = z
  .record(z.string(), z.unknown(), { error: "a mapping of the parameters that the rule's file declares" })
  .nullable()
  .optional()
  .describe("Parameters of a rule of one's own, as its file declares them (docs/how-to/write-a-rule.md).");
