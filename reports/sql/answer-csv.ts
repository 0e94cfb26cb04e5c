import type { TableAnswer } from "../../recorders/index.js";

/**
 * An answer as CSV (RFC 4180, but with line feeds), in parts: a line of names, then a line a row. NULL is an empty field, an empty text
 * two quotes.
 */
export async function* answerCsv(answer: TableAnswer): AsyncGenerator<string> {
  yield lineOf(answer.columns.map(({ name }) => name));
  for await (const page of answer.pages()) yield page.map(lineOf).join("");
}

const lineOf = (values: readonly (string | null)[]) => `${values.map(field).join(",")}\n`;

function field(value: string | null): string {
  if (value === null) return "";
  return value === "" || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
