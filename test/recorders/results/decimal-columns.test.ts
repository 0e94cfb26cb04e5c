import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_RAO, RESULT_TABLE_NAMES, RESULT_TABLES } from "../../../engine/index.js";
import { decimalColumns, decimalExpression } from "../../../recorders/results/decimal-columns.js";
import { LockedConnection } from "../../../recorders/results/locked-connection.js";
import { ADDED_COLUMNS } from "../../../recorders/results/result-views.js";

describe("amounts as decimals", () => {
  it.each(RESULT_TABLE_NAMES)("of %s have names that nothing else has, and there is one for each amount", (table) => {
    const { columns } = RESULT_TABLES[table];
    const decimals = decimalColumns(RESULT_TABLES[table]);
    expect(decimals.map(({ from }) => from)).toEqual(
      columns.filter(({ type }) => type === "rao" || type === "rao_sum").map(({ name }) => name),
    );
    const names = [...columns, ...decimals].map(({ name }) => name);
    expect(names.length).toBe(new Set(names).size);
    for (const { name } of decimals) expect(Object.keys(ADDED_COLUMNS)).not.toContain(name);
  });

  it("are called after their token", () => {
    const names = (table: keyof typeof RESULT_TABLES) => decimalColumns(RESULT_TABLES[table]).map(({ name, token }) => [name, token]);
    expect(names("rewards")).toEqual([
      ["recorded_alpha", "alpha"],
      ["paid_alpha", "alpha"],
    ]);
    expect(names("nav")).toEqual([
      ["supply_tokens", "index tokens"],
      ["cash_tao", "TAO"],
      ["pool_tao", "TAO"],
      ["pool_tokens", "index tokens"],
    ]);
    expect(names("pools").map(([name]) => name)).toEqual(["tao", "alpha", "tao_in", "alpha_in"]);
    expect(names("agent_orders")).toEqual([
      ["alpha", "alpha"],
      ["tao", "TAO"],
      ["fee", null],
    ]);
    for (const table of RESULT_TABLE_NAMES) {
      for (const { unit, name } of RESULT_TABLES[table].columns.filter(({ type }) => type.startsWith("rao"))) {
        const token = decimalColumns(RESULT_TABLES[table]).find(({ from }) => from === name)?.token;
        if (unit.endsWith("TAO")) expect([table, name, token]).toEqual([table, name, "TAO"]);
        if (/alpha/.test(unit)) expect([table, name, token]).toEqual([table, name, "alpha"]);
      }
    }
  });

  it("are exact to the rao", async () => {
    const connection = await LockedConnection.open({});
    const shown = (rao: bigint) => {
      const digits = (rao < 0n ? -rao : rao).toString().padStart(10, "0");
      return `${rao < 0n ? "-" : ""}${digits.slice(0, -9)}.${digits.slice(-9)}`;
    };
    const amounts = [0n, 1n, -1n, 10n ** 9n, BigInt(MAX_RAO), -BigInt(MAX_RAO), 10n ** 28n - 1n];
    const bounds = { min: -(10n ** 28n) + 1n, max: 10n ** 28n - 1n };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.bigInt(bounds), { minLength: 1, maxLength: 20 }), async (drawn) => {
        const all = [...amounts, ...drawn];
        const column = { name: "x", from: "x_rao", token: null, isSum: true };
        const rows = all.map((rao) => `('${rao}'::HUGEINT)`).join(", ");
        const sql = `SELECT CAST(x AS VARCHAR) FROM (SELECT ${decimalExpression(column, "t")} FROM (VALUES ${rows}) t(x_rao))`;
        expect((await connection.texts(sql)).map(([text]) => text)).toEqual(all.map(shown));
      }),
      { numRuns: 20 },
    );
    const tooLarge = decimalExpression({ name: "x", from: "x_rao", token: null, isSum: true }, "t");
    expect(
      await connection.texts(`SELECT CAST(x AS VARCHAR) FROM (SELECT ${tooLarge} FROM (SELECT 10::HUGEINT ** 28 AS x_rao) t)`),
    ).toEqual([[null]]);
    connection.close();
  });
});
