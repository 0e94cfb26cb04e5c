/** JSON as every command prints it: indented, integers past 2^53 as decimal strings, a newline at the end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, (_, field) => (typeof field === "bigint" ? field.toString() : field), 2)}\n`;
}
