import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import type { StreamKind } from "../../../engine/index.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { type ImportedOptions, importedTable, written } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();

async function imported(kind: StreamKind, text: string, options: ImportedOptions = {}, name = "t.csv") {
  return importedTable(await written(await temporaryFolder(), name, text), kind, { unit: "rao", ...options });
}

const T = 1_770_000_000_000;
const HEAD = "time_ms,netuid,hotkey,coldkey,role,action,amount_rao\n";
const file = (...actions: string[]) => HEAD + actions.map((action, at) => `${T + at},30,h,c,miner,${action},${5 + at}\n`).join("");

describe("stake events that are imported as another kind", () => {
  it.each<[StreamKind, Record<string, string>]>([
    ["emission", {}],
    ["balances", { balance_rao: "amount_rao" }],
    ["metagraph", { stake_rao: "amount_rao" }],
  ])("are refused as %s: what was removed would be pay", async (kind, map) => {
    const constants: Record<string, string> = kind === "metagraph" ? { uid: "1" } : {};
    expect(await refusalOf(() => imported(kind, file("added", "removed"), { map, constants }))).toMatchObject({
      code: "TEN-IMPORT-030",
      place: { path: "row 1, action" },
      found: "added",
      hint: expect.stringContaining("This looks like --kind stake."),
    });
  });

  it.each(["DELEGATE", "StakeRemoved", "add_stake", " Removed "])("are known by %j, too", async (word) => {
    expect(await refusalOf(() => imported("emission", file("", word)))).toMatchObject({
      code: "TEN-IMPORT-030",
      place: { path: "row 2, action" },
    });
  });

  it("are refused in Parquet, where a field of lists says nothing", async () => {
    const imports = async (action: string) => {
      const table = join(await temporaryFolder(), "t.parquet");
      const instance = await DuckDBInstance.create(":memory:");
      const connection = await instance.connect();
      const row = `${T}::BIGINT AS time_ms, 30 AS netuid, 'h' AS hotkey, 'c' AS coldkey, ${action} AS action, 5 AS amount_rao`;
      await connection.run(`COPY (SELECT ${row}) TO '${table}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
      return importedTable(table, "emission", { unit: "rao" });
    };
    expect(await refusalOf(() => imports("'removed'"))).toMatchObject({ code: "TEN-IMPORT-030" });
    expect((await imports("['removed']")).rows).toHaveLength(1);
  });

  it("are refused in JSON", async () => {
    const row = { time_ms: T, netuid: 30, hotkey: "h", coldkey: "c", action: "removed", amount_rao: 5 };
    expect(await refusalOf(() => imported("emission", JSON.stringify([row]), {}, "t.json"))).toMatchObject({ code: "TEN-IMPORT-030" });
  });
});

describe("no stake events are", () => {
  const ASKS = "The file has the field action, which is of stake events: is it --kind stake?";

  it("pay with an action of its own, or with stake events beside it that pay nothing", async () => {
    expect((await imported("emission", file("paid", "removed"))).warnings).toEqual([ASKS]);
    const nothing = `${HEAD}${T},30,h,c,miner,added,0\n${T + 1},30,h,c,miner,paid,5\n`;
    expect((await imported("emission", nothing)).rows).toHaveLength(2);
    const object = { time_ms: T, netuid: 30, hotkey: "h", coldkey: "c", role: "miner", action: { id: 1 }, amount_rao: 5 };
    expect((await imported("emission", JSON.stringify([object]), {}, "t.json")).rows).toHaveLength(1);
  });

  it("pay whose role is read from the field", async () => {
    const values = { role: { added: "miner", removed: "owner" } };
    const text = file("added", "removed").replace(",role,", ",memo,");
    expect((await imported("emission", text, { map: { role: "action" }, values })).warnings).toEqual([]);
  });

  it("balances that stand beside what changed them", async () => {
    const text = `time_ms,netuid,hotkey,coldkey,action,amount_rao,balance_rao\n${T},30,h,c,added,5,5\n${T + 1},30,h,c,removed,1,4\n`;
    const { rows, warnings } = await imported("balances", text);
    expect([rows.length, warnings]).toEqual([2, [ASKS]]);
  });

  it("rows of a registry, whose actions are its own", async () => {
    const text = `time_ms,netuid,uid,hotkey,coldkey,action\n${T},30,1,h,c,registered\n`;
    expect((await imported("registry", text)).warnings).toEqual([]);
  });

  it("rows with a destination: the import asks", async () => {
    const text = `time_ms,netuid,hotkey,coldkey,role,amount_rao,to_hotkey,to_netuid,event\n${T},30,h,c,miner,5,g,31,2\n`;
    const { warnings } = await imported("emission", text);
    expect(warnings).toEqual(["The file has the fields to_hotkey, to_netuid, which are of stake events: is it --kind stake?"]);
  });
});
