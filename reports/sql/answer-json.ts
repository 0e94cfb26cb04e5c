import type { TableAnswer } from "../../recorders/index.js";
import { distinctColumns, jsonValue } from "./answer-values.js";

/** An answer as JSON, in parts: `{"columns": [{"name", "type"}], "rows": [{<name>: <value>}]}`, a line a row. */
export async function* answerJson(answer: TableAnswer): AsyncGenerator<string> {
  const names = distinctColumns(answer.columns);
  const columns = answer.columns.map(({ type }, at) => `    ${JSON.stringify({ name: names[at], type })}`);
  yield `{\n  "columns": [\n${columns.join(",\n")}\n  ],\n  "rows": [`;
  let before = "\n";
  for await (const page of answer.pages()) {
    const rows = page.map((row) => {
      const values = answer.columns.map((column, at) => [names[at], jsonValue(row[at], column)]);
      return `    ${JSON.stringify(Object.fromEntries(values))}`;
    });
    if (rows.length > 0) yield `${before}${rows.join(",\n")}`;
    before = ",\n";
  }
  yield answer.rows === 0 ? "]\n}\n" : "\n  ]\n}\n";
}
