import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnBatch, type ResultTableName, TenureError } from "../../../engine/index.js";
import { runToSummary } from "../../../recorders/run/run.js";
import { parseScenario } from "../../../scenarios/index.js";
import { cases } from "../../cases.js";
import { anyIndexScenario, anySubnetScenario } from "./any-scenario.js";

/** What a run may end with where valid parameters lead to more than can be counted: an error that says where or when. */
const MAY_END_WITH = /^TEN-(LEDGER-\d+|MARKET-10[123]|INDEX-11\d|REWARD-114|SCENARIO-013|INDEX-101)$/;

/** The table's own words on its columns, looked at value by value; shares no code with the check inside the engine. */
function faultOf(table: string, { declaration, rows, columns }: ColumnBatch): string | null {
  for (const [c, { name, type, unit, values, atLeast, atMost }] of declaration.columns.entries()) {
    for (let row = 0; row < rows; row++) {
      const value = columns[c][row];
      const fault = () => `${table}.${name}[${row}] = ${String(value)}`;
      if (type === "text" || type === "rao_sum") {
        if (typeof value !== "string" || (type === "rao_sum" && !/^-?\d+$/.test(value))) return fault();
        continue;
      }
      if (typeof value !== "number" || !Number.isFinite(value)) return fault();
      if (type !== "real" && !Number.isInteger(value)) return fault();
      if (value < (atLeast ?? Number.NEGATIVE_INFINITY) || value > (atMost ?? Number.POSITIVE_INFINITY)) return fault();
      if (type === "rao" && atMost === undefined && Math.abs(value) > Number.MAX_SAFE_INTEGER) return fault();
      if (type === "rao" && atLeast === undefined && value < 0) return fault();
      if (unit === "0..1" && (value < 0 || value > Math.max(1, atMost ?? 1))) return fault();
      if (type === "choice" && values?.[value] === undefined) return fault();
    }
  }
  return null;
}

async function runAny(scenario: unknown): Promise<"ended" | "refused"> {
  try {
    // JSON is YAML.
    const parsed = parseScenario(JSON.stringify(scenario), "any.yaml");
    const sink = {
      append: (table: ResultTableName, batch: ColumnBatch) => {
        const fault = faultOf(table, batch);
        if (fault !== null) throw new Error(fault);
      },
    };
    const summary = await runToSummary(parsed, { sink });
    expect(JSON.stringify(summary, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toMatch(/NaN|Infinity/);
    for (const value of numbersIn(summary)) expect(Number.isFinite(value)).toBe(true);
    return "ended";
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    if (/^TEN-SCENARIO-00[68]$/.test(error.code)) return "refused";
    expect(error.code).toMatch(MAY_END_WITH);
    expect(error.found).toBeDefined();
    expect(error.allowed).toBeDefined();
    return "refused";
  }
}

function* numbersIn(value: unknown): Generator<number> {
  if (typeof value === "number") yield value;
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) yield* numbersIn(inner);
}

describe("any valid scenario, with parameters at both ends of their ranges,", () => {
  it.each([
    ["a subnet", anySubnetScenario, cases(15, 90)],
    ["an index subnet", anyIndexScenario, cases(12, 90)],
  ] as const)(
    "of %s makes tables that are finite and in range",
    async (_, scenarios: fc.Arbitrary<unknown>, numRuns) => {
      let ended = 0;
      await fc.assert(
        fc.asyncProperty(scenarios, async (scenario) => {
          if ((await runAny(scenario)) === "ended") ended += 1;
        }),
        { numRuns },
      );
      // Enough of them are not refused for what they add up to.
      expect(ended).toBeGreaterThan(numRuns / 5);
    },
    600_000,
  );
});
