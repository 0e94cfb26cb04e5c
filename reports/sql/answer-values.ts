import type { AnswerColumn } from "../../recorders/index.js";

/** Types whose values are numbers. */
const NUMBERS = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/;
/** Those of them that a number of JSON holds exactly, where it is finite and below 2^53. */
const PLAIN_NUMBERS = /^(U?(TINYINT|SMALLINT|INTEGER)|BIGINT|FLOAT|DOUBLE)$/;

export function isNumeric({ type }: AnswerColumn): boolean {
  return NUMBERS.test(type);
}

export type JsonValue = string | number | boolean | null;

/**
 * A value as JSON has it: numbers that a double holds exactly as numbers; wider ones, decimals, and what is not finite as texts; so are
 * times, lists and structures, as DuckDB writes them.
 */
export function jsonValue(text: string | null, { type }: AnswerColumn): JsonValue {
  if (text === null) return null;
  if (type === "BOOLEAN") return text === "true";
  if (!PLAIN_NUMBERS.test(type)) return text;
  const value = Number(text);
  const isExact = type === "BIGINT" ? Number.isSafeInteger(value) : Number.isFinite(value);
  return isExact ? value : text;
}

/** Names of columns, each once: of those of one name all but the first end in `_2`, `_3` and so on. */
export function distinctColumns(columns: readonly AnswerColumn[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let own = name;
    for (let number = 2; taken.has(own); number++) own = `${name}_${number}`;
    taken.add(own);
    return own;
  });
}
