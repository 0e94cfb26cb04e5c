/** What needs no quotes as a YAML value, and is no boolean, null or number. */
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$/;
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i;
/** A number and the unit of a time span, or an instant. */
const SPAN = /^\d+(\.\d+)? (d|h|min|s|ms)$/;
const UNPRINTED = /[^\x20-\x7e]/g;

/** A value on one line, as YAML in its flow form reads it: `{ name: a, share: 0.5 }`. Letters that are not ASCII are escaped. */
export function flowYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${flowYaml(inner)}`)
      .join(", ")} }`;
  }
  if (typeof value !== "string") return String(value);
  if ((PLAIN.test(value) && !WORDS.test(value)) || SPAN.test(value)) return value;
  return quotedYaml(value);
}

/** A text in double quotes, on one line. */
export function quotedYaml(value: string): string {
  return JSON.stringify(value).replace(UNPRINTED, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A text from a file inside a comment: on one line, with nothing in it that is not seen. */
export function commentText(text: string): string {
  return text.replace(UNPRINTED, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
