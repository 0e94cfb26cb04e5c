import { describe, expect, it } from "vitest";
import { InvariantError, RESULT_TABLES, STREAMS } from "../../../engine/index.js";
import { camelCase, snakeCase } from "../../../engine/kernel/names.js";
import { TableAppender } from "../../../engine/tables/appender.js";
import { allocateColumn, type ColumnDeclaration, type TableDeclaration } from "../../../engine/tables/column.js";
import { checkBatch, rangeInWords, rangeOf } from "../../../engine/tables/column-range.js";
import { STAKE_STREAM } from "../../../engine/tables/streams.js";
import { columnsByName } from "../../../engine/tables/typed-rows.js";

const column = (name: string, type: ColumnDeclaration["type"], more: Partial<ColumnDeclaration> = {}): ColumnDeclaration => ({
  name,
  type,
  unit: "",
  meaning: "",
  ...more,
});
const TABLE: TableDeclaration = {
  name: "test",
  meaning: "",
  columns: [
    column("time_ms", "time"),
    column("amount_rao", "rao"),
    column("change_rao", "rao", { atLeast: -5 }),
    column("share", "real", { atLeast: 0, atMost: 1 }),
    column("profit", "real"),
    column("uid", "int", { atLeast: -1 }),
    column("kind", "choice", { values: ["a", "b"] }),
    column("done", "flag"),
    column("name", "text"),
    column("total", "rao_sum"),
  ],
};
const GOOD: readonly (number | string)[] = [1_700_000_000_000, 5, -5, 0.5, -1e300, -1, 1, 1, "x", "-99999999999999999999"];

/** The batch of some good rows, one value of one of them replaced without going through `write`. */
function check(at: number, value: number | string | undefined, row = 1, firstRow = 0): () => void {
  const columns = TABLE.columns.map(({ type }, index) => {
    const values = allocateColumn(type, 3) as (number | string | undefined)[];
    for (let i = 0; i < 3; i++) values[i] = index === at && i === row ? value : GOOD[index];
    return values as unknown as Float64Array;
  });
  return () => checkBatch({ declaration: TABLE, rows: 3, columns }, firstRow);
}
const at = (name: string) => TABLE.columns.findIndex((one) => one.name === name);

describe("a value on its way into a column", () => {
  it("passes at both ends of its range", () => {
    for (const [name, values] of [
      ["time_ms", [0, 4_398_046_511_103]],
      ["amount_rao", [0, Number.MAX_SAFE_INTEGER]],
      ["change_rao", [-5, Number.MAX_SAFE_INTEGER]],
      ["share", [0, 1]],
      ["profit", [-Number.MAX_VALUE, Number.MAX_VALUE]],
      ["uid", [-1, 2_147_483_647]],
      ["kind", [0, 1]],
      ["total", ["0", "-1"]],
    ] as const) {
      for (const value of values) expect(check(at(name), value)).not.toThrow();
    }
  });

  it.each<[string, number | string | undefined, string]>([
    ["time_ms", 4_398_046_511_104, "whole, 0 to 4398046511103"],
    ["time_ms", 0.5, "whole, 0 to 4398046511103"],
    ["amount_rao", 2 ** 53, "whole, 0 to 9007199254740991"],
    ["amount_rao", -1, "whole, 0 to 9007199254740991"],
    ["amount_rao", Number.NaN, "whole, 0 to 9007199254740991"],
    ["amount_rao", Number.POSITIVE_INFINITY, "whole, 0 to 9007199254740991"],
    ["change_rao", -6, "whole, -5 to 9007199254740991"],
    ["share", 1.0000000000000002, "finite, 0 to 1"],
    ["profit", Number.NEGATIVE_INFINITY, "finite"],
    ["profit", Number.NaN, "finite"],
    ["uid", -2, "whole, -1 to 2147483647"],
    ["kind", 2, "whole, 0 to 1"],
    ["name", undefined, "text"],
    ["total", "1.5", "a whole amount as text, below 2^127 in size"],
  ])("of %s is refused outside of it: %s", (name, value, allowed) => {
    // Row 2 of this batch, of which 40 rows of the table went out before.
    expect(check(at(name), value, 1, 40)).toThrow(InvariantError);
    expect(check(at(name), value, 1, 40)).toThrow(`table test, column ${name}, row 42: ${String(value)} is not ${allowed}`);
  });
});

describe("a row that is written", () => {
  type Row = Readonly<Record<string, unknown>>;
  const good: Row = Object.fromEntries(
    TABLE.columns.map(({ name, type, values }, i) => {
      const word = type === "choice" ? (values ?? [])[Number(GOOD[i])] : GOOD[i];
      return [camelCase(name), type === "flag" ? GOOD[i] === 1 : word];
    }),
  );
  const written = (changed: Row) => () => {
    const table = new TableAppender(TABLE, 100);
    table.write(good as never);
    table.write({ ...good, ...changed } as never);
    return table.batch();
  };

  it("is refused where its column cannot hold a value as it is", () => {
    expect(written({ uid: 2 ** 31 })).toThrow("table test, column uid, row 2: 2147483648 is not whole, -1 to 2147483647");
    expect(written({ uid: 1.5 })).toThrow("column uid, row 2: 1.5");
    expect(written({ kind: "unheard-of" })).toThrow("column kind, row 2: unheard-of is not one of");
    expect(written({ share: Number.NaN })).toThrow("column share, row 2: NaN is not finite, 0 to 1");
    const { profit: _, ...short } = good;
    expect(() => new TableAppender(TABLE, 100).write(short as never)).toThrow("column profit, row 1: undefined");
  });

  it("is held as its words and flags are coded", () => {
    const { rows, columns } = written({ share: 0.25 })();
    expect(rows).toBe(2);
    expect(columns.map((values) => values[0])).toEqual(GOOD);
    expect(columns[at("share")][1]).toBe(0.25);
  });
});

describe("names in code", () => {
  it("are those of the columns, in camel case and back", () => {
    expect(camelCase("price_tao_per_alpha")).toBe("priceTaoPerAlpha");
    expect(camelCase("lorenz_10")).toBe("lorenz10");
    expect(snakeCase("priceTaoPerAlpha")).toBe("price_tao_per_alpha");
  });

  it("are columns of the table, or do not compile", () => {
    const table = new TableAppender(RESULT_TABLES.payments, 100);
    const row = { schedule: 1, instalment: 2, timeMs: 3, position: 4, amountRao: 5, tranche: 6 };
    table.write(row);
    // @ts-expect-error a column is missing
    expect(() => table.write({ ...row, tranche: undefined })).toThrow("tranche");
    // @ts-expect-error a column that the table does not have
    table.write({ schedule: 1, instalment: 2, timeMs: 3, position: 4, amountRao: 5, tranche: 6, amount: 5 });
    const unexplained = new TableAppender(RESULT_TABLES.unexplained, 100);
    // @ts-expect-error an unknown word
    const misspelt: Parameters<typeof unexplained.write>[0]["kind"] = "open";
    expect(() => unexplained.write({ timeMs: 0, position: 0, kind: misspelt, amountRao: 1, block: 1 })).toThrow("kind, row 1: open");
    // @ts-expect-error a column that the stream does not have
    expect(columnsByName(STAKE_STREAM, []).amount).toBeUndefined();
  });
});

it("every declared range holds something, and what is 0..1 in words is so in numbers", () => {
  for (const { name, columns } of [...Object.values(RESULT_TABLES), ...Object.values(STREAMS)] as TableDeclaration[]) {
    for (const one of columns) {
      const range = rangeOf(one);
      expect(rangeInWords(one).length).toBeGreaterThan(0);
      if (range === null) continue;
      expect(range.least).toBeLessThanOrEqual(range.most);
      if (one.unit === "0..1" && name in RESULT_TABLES) expect([range.least, range.most >= 1]).toEqual([0, true]);
      if (/-1(:| when| without)/.test(one.meaning) && one.type === "int") expect(range.least).toBe(-1);
    }
  }
});
