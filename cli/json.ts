import { legibleJson } from "./printable.js";

/** JSON as every command prints it: indented, integers past 2^53 as decimal strings, unprintables as `\u`, a newline at the end. */
export function formatJson(value: unknown): string {
  return `${legibleJson(JSON.stringify(value, (_, field) => (typeof field === "bigint" ? field.toString() : field), 2))}\n`;
}
