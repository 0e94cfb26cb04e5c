import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importTaostats } from "../../../recorders/importers/index.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { readRows } from "../streams/recordings.js";
import { contentsOf, refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { type ImportedOptions, importedTable, written } from "./import-table.js";
import { balance, event, writeTaostats } from "./taostats-input.js";

const temporaryFolder = useTemporaryFolders();
const EMISSION = "time_ms,netuid,hotkey,coldkey,amount_rao\n1000,30,h,c,10\n2000,30,h,c,10\n";
const BALANCES = "time_ms,netuid,hotkey,coldkey,balance_rao\n500,30,h,c,5\n1500,30,h,c,15\n2500,31,h,c,25\n";

async function tables() {
  const folder = await temporaryFolder();
  const emission = await written(folder, "em.csv", EMISSION);
  const balances = await written(folder, "bal.csv", BALANCES);
  return { folder, emission, balances, out: join(folder, "rec") };
}

describe("importTable into a recording", () => {
  it("keeps what is there, byte for byte, and says what each table was", async () => {
    const { emission, balances, out } = await tables();
    await importedTable(emission, "emission", { out, coverage: "subnet" });
    const before = await contentsOf(out);
    const { manifest, sums } = await importedTable(balances, "balances", { out, into: true });
    expect((await contentsOf(out))["emission.arrow"]).toBe(before["emission.arrow"]);
    expect(sums.map(({ kind, rows }) => [kind, rows])).toEqual([["balances", 3]]);
    expect(manifest).toMatchObject({
      coverage: "subnet",
      source: {
        importer: "table",
        inputs: [{ path: "em.csv" }, { path: "bal.csv" }],
        netuids: [30, 31],
        options: { tables: [{ kind: "emission" }, { kind: "balances" }] },
      },
      figures: { emission: { rows: 2 }, balances: { rows: 3 } },
      streams: { emission: { rows: 2 }, balances: { rows: 3 } },
    });
    const { streams } = await openRecording(out);
    expect(streams.map(({ kind }) => kind)).toEqual(["emission", "balances"]);
    expect(await readRows(streams[0])).toHaveLength(2);
  });

  it("begins a recording where there is none, and gives the same bytes whichever table comes last", async () => {
    const { folder, emission, balances } = await tables();
    for (const [out, order] of [
      ["ab", ["emission", "balances"]],
      ["ba", ["balances", "emission"]],
    ] as const) {
      for (const kind of order)
        await importedTable(kind === "emission" ? emission : balances, kind, { out: join(folder, out), into: true });
    }
    const [ab, ba] = [await openRecording(join(folder, "ab")), await openRecording(join(folder, "ba"))];
    expect(ab.manifest.digest).toBe(ba.manifest.digest);
  });

  it("says whether anything changed, also by what a table was or what it repaired", async () => {
    const { emission, balances, out } = await tables();
    const unchanged = async (options: ImportedOptions = {}, file = emission, kind: "emission" | "balances" = "emission") =>
      (await importedTable(file, kind, { out, ...options })).unchanged;
    expect(await unchanged()).toBe(false);
    expect(await unchanged()).toBe(true);
    expect(await unchanged({ into: true })).toBe(true);
    // The same rows by another way: the manifest says so.
    expect(await unchanged({ unit: "rao" })).toBe(false);
    await writeFile(join(out, "emission.arrow"), "damaged");
    expect(await unchanged({ unit: "rao" })).toBe(false);
    expect(await unchanged({ unit: "rao" })).toBe(true);
    expect(await unchanged({ into: true }, balances, "balances")).toBe(false);
    expect(await unchanged({ into: true }, balances, "balances")).toBe(true);
    expect(await unchanged({ unit: "rao" })).toBe(false);
  });

  it("may be done again, but puts no other table of the kind over it", async () => {
    const { folder, emission, balances, out } = await tables();
    await importedTable(emission, "emission", { out });
    await importedTable(balances, "balances", { out, into: true });
    const before = await contentsOf(out);
    expect(await importedTable(balances, "balances", { out, into: true })).toMatchObject({ unchanged: true });
    expect(await contentsOf(out)).toEqual(before);
    const other = await written(folder, "other.csv", BALANCES.replace("25", "26"));
    expect(await refusalOf(() => importedTable(other, "balances", { out, into: true }))).toMatchObject({
      code: "TEN-IMPORT-025",
      found: "balances",
      allowed: expect.stringContaining("emission, balances"),
      hint: expect.stringContaining("--out"),
    });
    expect(await contentsOf(out)).toEqual(before);
    expect((await readdir(folder)).sort()).toEqual(["bal.csv", "em.csv", "other.csv", "rec"]);
  });

  it("refuses another coverage, a damaged recording, and what is no recording", async () => {
    const { folder, emission, balances, out } = await tables();
    await importedTable(emission, "emission", { out });
    expect(await refusalOf(() => importedTable(balances, "balances", { out, into: true, coverage: "subnet" }))).toMatchObject({
      code: "TEN-IMPORT-026",
      found: "subnet",
      allowed: "partial",
    });
    await written(out, "emission.arrow", "spoiled");
    expect((await refusalOf(() => importedTable(balances, "balances", { out, into: true }))).code).toMatch(/^TEN-STREAM-00/);
    expect((await refusalOf(() => importedTable(balances, "balances", { out: folder, into: true }))).code).toBe("TEN-STREAM-016");
  });

  it("adds to the recording of another importer; emission that was attributed from its balances no longer holds", async () => {
    const { folder, emission } = await tables();
    const out = join(folder, "rec");
    await writeTaostats(join(folder, "api"), [balance(10, "5"), balance(20, "9")], [event(15, "DELEGATE", "1")]);
    const first = await importTaostats(join(folder, "api"), { out, addresses: "any" });
    expect(first.manifest.attributed_emission_rao).toBe(3);
    const prices = await written(folder, "p.csv", "time_ms,netuid,price_tao_per_alpha\n1,64,0.5\n");
    const second = await importedTable(prices, "price", { out, into: true });
    expect(second.manifest).toMatchObject({ attributed_emission_rao: 3, source: { importer: "taostats+table", chain: "finney" } });
    const third = await importedTable(emission, "emission", { out, into: true });
    expect(third.manifest.attributed_emission_rao).toBeUndefined();
    expect(Object.keys(third.manifest.streams).sort()).toEqual(["balances", "emission", "price", "stake"]);
  });

  it("warns where most rows of weights stand at the end of an epoch", async () => {
    const { folder, emission, out } = await tables();
    await importedTable(emission, "emission", { out });
    const weights = (times: readonly number[]) =>
      `time_ms,netuid,hotkey,coldkey,weight\n${times.map((time) => `${time},30,h,c,1`).join("\n")}`;
    const at = await importedTable(await written(folder, "w.csv", weights([1000, 1500, 2000])), "weights", { out, into: true });
    expect(at.warnings.join()).toMatch(/2 of 3 rows of weights stand exactly at the end of an epoch/);
    await importedTable(emission, "emission", { out });
    const before = await importedTable(await written(folder, "v.csv", weights([999, 1999, 2000])), "weights", { out, into: true });
    expect(before.warnings.join()).not.toMatch(/end of an epoch/);
  });

  it.each([
    ["scores", "score"],
    ["collateral", "amount_rao"],
  ] as const)("warns of rows of %s there, too", async (kind, column) => {
    const { folder, emission, out } = await tables();
    await importedTable(emission, "emission", { out });
    const rows = `time_ms,netuid,hotkey,${column}\n${[1000, 1500, 2000].map((time) => `${time},30,h,1`).join("\n")}`;
    const { warnings } = await importedTable(await written(folder, "s.csv", rows), kind, { out, into: true });
    expect(warnings.join()).toMatch(new RegExp(`2 of 3 rows of ${kind} stand exactly at the end of an epoch`));
  });
});
