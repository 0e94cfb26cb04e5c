import { COLUMN_NAME, columnIndex, SCORES_STREAM, type StreamKind, TenureError } from "../../../engine/index.js";
import type { MappedColumn } from "./column-mapping.js";
import { noSuchField } from "./column-request.js";

const COLUMN = columnIndex(SCORES_STREAM, "column");
const SCORE = columnIndex(SCORES_STREAM, "score");

/** Fields of a table that become columns beside a score: name of the column -> field. */
export type NamedColumns = Readonly<Record<string, string>>;

/**
 * `work,lag=Lag in ms`: fields, and what to call them where that is no name of a column.
 * @throws TenureError `TEN-IMPORT-021`
 */
export function parseNamedColumns(text: string): NamedColumns {
  const columns: Record<string, string> = Object.create(null);
  for (const part of text.split(",").map((one) => one.trim())) {
    const at = part.indexOf("=");
    const name = at === -1 ? part : part.slice(0, at).trim();
    const field = at === -1 ? part : part.slice(at + 1).trim();
    const isTwice = Object.hasOwn(columns, name);
    if (!COLUMN_NAME.test(name) || field === "" || isTwice) {
      throw new TenureError({
        code: "TEN-IMPORT-021",
        what: isTwice ? "A column is named twice." : "A name of a column is not understood.",
        place: { path: "--columns" },
        found: part,
        allowed:
          "names of letters, digits and _ that begin with a letter, each once, with commas between; name=field where the field is called otherwise",
        hint: "For example --columns work,lag_ms=lagMs",
      });
    }
    columns[name] = field;
  }
  return columns;
}

/**
 * Fields beside a score, as the row reader takes them: after the columns of the stream, and without a value where the field is empty.
 * @throws TenureError `TEN-IMPORT-011` a field is not there, `-021` the kind has no such columns
 */
export function mapNamedColumns(kind: StreamKind, named: NamedColumns, fields: readonly string[], file: string): MappedColumn[] {
  const names = Object.entries(named);
  if (names.length === 0) return [];
  if (kind !== "scores") {
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: `A stream of kind ${kind} has no columns of one's own.`,
      place: { path: "--columns" },
      found: names.map(([name]) => name).join(", "),
      allowed: "--columns with --kind scores",
      hint: "--map says which field is for which column of the stream.",
    });
  }
  const missing = names.filter(([, field]) => !fields.includes(field)).map(([, field]) => field);
  if (missing.length > 0) throw noSuchField(missing, fields, { file, path: "--columns" });
  return names.map(([name, field]) => ({
    column: { name, type: "real", unit: "relative", meaning: "", optional: true, missing: Number.NaN },
    field,
    constant: undefined,
    fromBlock: false,
  }));
}

/** The rows that one row of a table is: that of the score, and one for each column beside it that has a value. */
export class RowsOfScore {
  readonly #ids: readonly number[];

  /** @param ids of the names of the columns */
  constructor(ids: readonly number[]) {
    this.#ids = ids;
  }

  /**
   * @param values those of the stream's columns, then those of the named ones; a score that is NaN is none
   * @param put takes each row, which is changed for the next
   */
  each(values: readonly number[], put: (row: number[]) => void): void {
    const width = SCORES_STREAM.columns.length;
    const row = values.slice(0, width);
    put(row);
    this.#ids.forEach((id, index) => {
      const value = values[width + index];
      if (Number.isNaN(value)) return;
      row[COLUMN] = id;
      row[SCORE] = value;
      put(row);
    });
  }
}
