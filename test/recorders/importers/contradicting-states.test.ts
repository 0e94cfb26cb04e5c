import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamKind } from "../../../engine/index.js";
import { StatesAtInstant } from "../../../recorders/importers/table/states-at-instant.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

const BALANCES = "time_ms,block,netuid,hotkey,coldkey,balance_rao\n";
const METAGRAPH = "time_ms,block,netuid,uid,hotkey,coldkey,stake_rao\n";

async function imported(kind: StreamKind, text: string) {
  return importedTable(await written(await temporaryFolder(), "t.csv", text), kind, { unit: "rao" });
}

interface Row {
  readonly timeMs: number;
  readonly block: number;
  readonly position: string;
  readonly value: number;
}

/** The model: every pair of rows, in words of the rule. */
function contradict(a: Row, b: Row): boolean {
  if (a.position !== b.position || a.timeMs !== b.timeMs || a.value === b.value) return false;
  return a.block === -1 || b.block === -1 || a.block === b.block;
}

describe("two states of one position at one instant that nothing orders are refused:", () => {
  it.each<[string, StreamKind, string, number, string]>([
    ["the first without a block", "balances", `${BALANCES}9,,30,h,c,7\n9,5,30,h,c,6\n`, 2, "row 1"],
    ["the second without a block", "balances", `${BALANCES}9,5,30,h,c,7\n9,,30,h,c,6\n`, 2, "row 1"],
    ["another position's block between", "balances", `${BALANCES}9,,30,h,c,7\n9,5,30,h,d,6\n9,,30,h,c,6\n`, 3, "row 1"],
    ["a state that is there twice between", "balances", `${BALANCES}9,,30,h,c,7\n9,,30,h,c,7\n9,5,30,h,c,6\n`, 3, "row 1"],
    ["one of two blocks", "balances", `${BALANCES}9,4,30,h,c,7\n9,5,30,h,c,6\n9,,30,h,c,6\n`, 3, "row 1"],
    ["of a metagraph", "metagraph", `${METAGRAPH}9,,30,1,h,c,7\n9,5,30,1,h,c,6\n`, 2, "row 1"],
    ["of a metagraph, on two seats", "metagraph", `${METAGRAPH}9,,30,1,h,c,7\n9,,30,2,h,c,6\n`, 2, "row 1"],
  ])("%s", async (_, kind, text, row, earlier) => {
    expect(await refusalOf(() => imported(kind, text))).toMatchObject({
      code: "TEN-IMPORT-008",
      what: expect.stringMatching(/^A position has two (balances|stakes) at one time\.$/),
      place: { path: `row ${row}, time_ms` },
      found: "1970-01-01T00:00:00.009Z",
      allowed: `one at a time; ${earlier} says otherwise`,
    });
  });

  it("and so are two stakes at one block on two seats", async () => {
    expect(await refusalOf(() => imported("metagraph", `${METAGRAPH}9,5,30,1,h,c,7\n9,5,30,2,h,c,6\n`))).toMatchObject({
      code: "TEN-IMPORT-008",
      what: "A position has two stakes at one block.",
      place: { path: "row 2, block" },
    });
  });
});

it("states that agree, that blocks order, or of other positions and instants are taken", async () => {
  for (const rows of [
    ["9,,30,h,c,7", "9,5,30,h,c,7", "9,6,30,h,c,7"],
    ["9,5,30,h,c,7", "9,6,30,h,c,6"],
    ["9,,30,h,c,7", "9,,31,h,c,5", "9,,30,i,c,4", "9,5,30,h,d,6"],
    ["9,,30,h,c,7", "10,5,30,h,c,6", "11,6,30,h,c,5"],
  ]) {
    expect((await imported("balances", `${BALANCES}${rows.join("\n")}\n`)).rows).toHaveLength(rows.length);
  }
});

it("the first row that contradicts any before it is found, whatever the rows", () => {
  const anyRow = fc.record({
    timeMs: fc.integer({ min: 0, max: 2 }),
    block: fc.integer({ min: -1, max: 3 }),
    position: fc.constantFrom("a", "b"),
    value: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 12 }), (unordered) => {
      // In time order and, where they have one, in block order; rows without a block lie anywhere among the others.
      const rows = [0, 1, 2].flatMap((timeMs) => {
        const own = unordered.filter((row) => row.timeMs === timeMs);
        const blocks = own.filter(({ block }) => block >= 0).sort((a, b) => a.block - b.block);
        return own.map((row) => (row.block < 0 ? row : (blocks.shift() as Row)));
      });
      const expected = rows.findIndex((row, at) => rows.slice(0, at).some((earlier) => contradict(earlier, row)));
      const states = new StatesAtInstant();
      let found = -1;
      for (const [at, { position, timeMs, block, value }] of rows.entries()) {
        const before = states.see(position, timeMs, { row: at, block, value });
        if (before === undefined) continue;
        expect(contradict(rows[before.row], rows[at])).toBe(true);
        found = at;
        break;
      }
      expect(found).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});
