import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STREAMS, type StreamKind } from "../../../engine/index.js";
import { ContradictingRows } from "../../../recorders/importers/table/contradicting-rows.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

async function imported(kind: StreamKind, text: string) {
  return importedTable(await written(await temporaryFolder(), "t.csv", text), kind, { unit: "rao", sort: true });
}

const SCORES = "time_ms,block,netuid,hotkey,score,column\n";
const COLLATERAL = "time_ms,netuid,hotkey,amount_rao\n";
const SET = "time_ms,netuid,validator,hotkey,weight,stake_rao\n";

describe("rows that say otherwise of one hotkey at one instant are refused, with both rows:", () => {
  it.each<[string, StreamKind, string, string, string]>([
    ["scores", "scores", `${SCORES}9,,1,a,3,\n9,,1,b,4,\n9,,1,a,5,\n`, "row 3, score", "one score at an instant; row 1 says 3"],
    ["columns", "scores", `${SCORES}9,,1,a,3,x\n9,,1,a,4,\n9,,1,a,5,x\n`, "row 3, score", "row 1 says 3"],
    ["scores, sorted", "scores", `${SCORES}9,4,1,a,3,\n8,3,1,a,2,\n9,4,1,a,5,\n`, "row 3, score", "row 1 says 3"],
    ["collateral", "collateral", `${COLLATERAL}9,1,a,3\n9,1,a,4\n`, "row 2, amount_rao", "row 1 says 3"],
    ["weights of validators", "validator_weights", `${SET}9,1,v,a,1,7\n9,1,w,a,2,7\n9,1,v,a,3,7\n`, "row 3, weight", "row 1 says 1"],
    ["their stake", "validator_weights", `${SET}9,1,v,a,1,7\n9,1,v,b,1,\n`, "row 2, stake_rao", "row 1 says 7"],
  ])("%s", async (_, kind, text, path, earlier) => {
    expect(await refusalOf(() => imported(kind, text))).toMatchObject({
      code: "TEN-IMPORT-008",
      place: { path },
      allowed: expect.stringContaining(earlier),
    });
  });

  it("but not those that agree, that blocks order, of others, or of what is owed", async () => {
    const kept = [`9,1,1,a,3,`, `9,2,1,a,4,`, `9,2,1,a,4,`, `9,2,1,a,5,x`, `9,2,2,a,5,`, `10,3,1,a,6,`];
    expect((await imported("scores", `${SCORES}${kept.join("\n")}\n`)).rows).toHaveLength(kept.length);
    expect((await imported("obligations", `${COLLATERAL}9,1,a,3\n9,1,a,4\n`)).rows).toHaveLength(2);
  });
});

it("a price of a TAO is above 0, as the run has it", async () => {
  expect(await refusalOf(() => imported("tao_price", "time_ms,usd_per_tao\n9,0\n"))).toMatchObject({
    code: "TEN-IMPORT-013",
    place: { path: "row 1, usd_per_tao" },
    allowed: "finite and above 0",
  });
});

it("the first row is found that contradicts any before it, whatever the rows", () => {
  const { columns } = STREAMS.collateral;
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const anyRow = fc.record({
    block: fc.integer({ min: -1, max: 2 }),
    hotkey: fc.integer({ min: 0, max: 1 }),
    amount: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 8 }), (rows) => {
      const ordered = rows
        .filter(({ block }) => block < 0)
        .concat(rows.filter(({ block }) => block >= 0).sort((a, b) => a.block - b.block));
      const checks = new ContradictingRows("collateral");
      const found = ordered.findIndex(({ block, hotkey, amount }, row) => {
        const values = columns.map(() => 0);
        values[at("block")] = block;
        values[at("hotkey")] = hotkey;
        values[at("amount_rao")] = amount;
        try {
          checks.take(values, row + 1, (path) => ({ path }));
          return false;
        } catch {
          return true;
        }
      });
      const isAgainst = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
        a.hotkey === b.hotkey && a.amount !== b.amount && (a.block < 0 || b.block < 0 || a.block === b.block);
      expect(found).toBe(ordered.findIndex((row, i) => ordered.slice(0, i).some((earlier) => isAgainst(earlier, row))));
    }),
  );
});
