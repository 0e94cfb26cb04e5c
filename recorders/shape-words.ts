import type { z } from "zod";

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
  null: "null",
};

/** What a schema wants at the place of an issue, in words instead of the library's. */
export function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1 ? JSON.stringify(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `no keys ${issue.keys.join(", ")}`;
    case "too_small":
      return typeof issue.minimum === "number" && (issue.origin === "array" || issue.origin === "string")
        ? `at least ${issue.minimum} of them`
        : `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "invalid_format":
      return issue.format === "regex" ? `text of the form ${issue.pattern ?? "that is expected"}` : `text of the form ${issue.format}`;
    case "invalid_union": {
      const words = issue.errors.flatMap((branch) => branch.filter(({ path }) => path.length === 0).map(allowedBy));
      return words.length === 0 ? "another shape" : [...new Set(words)].join(", or ");
    }
    default:
      return issue.message;
  }
}

/** What was found there, in a word where it is no single value. */
export function foundAt(value: unknown, path: readonly PropertyKey[]): unknown {
  const found = path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | null | undefined)?.[part], value);
  if (found === null) return "null";
  if (Array.isArray(found)) return "a list";
  return typeof found === "object" ? "a mapping" : found;
}
