import { type ColumnArray, type ColumnBatch, RESULT_TABLES, type ResultTableName } from "../../engine/index.js";
import type { ResultSink } from "./result-writer.js";

/** A column in memory: words and names as text, whatever else as numbers. */
export type GatheredColumn = readonly string[] | Float64Array | Int32Array | Uint8Array;
/** A table in memory by the names of its columns, all of one length. */
export type GatheredTable = Readonly<Record<string, GatheredColumn>>;

/** Keeps whole tables of a run in memory, column by column. */
export class GatheredTables implements ResultSink {
  readonly #parts: ReadonlyMap<ResultTableName, ColumnArray[][]>;

  /** @param tables that are kept; others are passed over */
  constructor(tables: readonly ResultTableName[]) {
    this.#parts = new Map(tables.map((table) => [table, RESULT_TABLES[table].columns.map(() => [])]));
  }

  append(table: ResultTableName, { rows, columns }: ColumnBatch): void {
    // The engine fills its arrays again.
    for (const [index, parts] of this.#parts.get(table)?.entries() ?? []) parts.push(columns[index].slice(0, rows));
  }

  /** What was kept, by name. */
  tables(): Readonly<Record<string, GatheredTable>> {
    return Object.fromEntries([...this.#parts].map(([table, parts]) => [table, tableOf(table, parts)]));
  }
}

function tableOf(table: ResultTableName, parts: readonly ColumnArray[][]): GatheredTable {
  return Object.fromEntries(
    RESULT_TABLES[table].columns.map((column, index) => {
      const { name, type } = column;
      const own = parts[index];
      const values = "values" in column ? (column.values as readonly string[]) : [];
      if (type === "choice") return [name, own.flatMap((part) => Array.from(part as Uint8Array, (code) => values[code]))];
      if (type === "text") return [name, (own as string[][]).flat()];
      if (type === "rao_sum") return [name, Float64Array.from((own as string[][]).flat(), Number)];
      return [name, joined(own as NumberArray[], type === "int" ? Int32Array : type === "flag" ? Uint8Array : Float64Array)];
    }),
  );
}

type NumberArray = Exclude<ColumnArray, string[]>;

function joined(parts: readonly NumberArray[], Kind: new (length: number) => NumberArray): NumberArray {
  const whole = new Kind(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
