import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { importTao20 } from "../../../recorders/importers/index.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { importedTable } from "./import-table.js";

const temporaryFolder = useTemporaryFolders();
const cases = resolve(process.env.TENURE_SHARED ?? "../shared", "cases");
const caseOf = (...path: string[]) => join(cases, ...path);

/** Files that once were read wrongly, each with the value that its own notes state. */
describe.skipIf(!existsSync(cases))("recorded cases", () => {
  const stake = async (path: readonly string[], options = {}) =>
    importedTable(caseOf(...path), "stake", { addresses: "ss58", out: join(await temporaryFolder(), "out"), ...options });
  const amounts = ({ rows }: { rows: readonly (readonly unknown[])[] }) => rows.map((row) => row[8]);

  it("glob-in-file-name", async () => expect(amounts(await stake(["glob-in-file-name", "export[1].csv"]))).toEqual([5_000_000_000]));

  it("hive-path-overrides-column", async () => {
    const { rows } = await stake(["hive-path-overrides-column", "netuid=99", "stake.csv"]);
    expect(rows.map((row) => [row[5], row[8]])).toEqual([[64, 5_000_000_000]]);
  });

  it("hash-rows-dropped", async () => {
    const { sums } = await stake(["hash-rows-dropped", "hash_some.csv"]);
    expect(sums).toMatchObject([{ rows: 3, total_rao: "600" }]);
  });

  it("newest-first-ties", async () => {
    const { rows, warnings } = await stake(["newest-first-ties", "stake.csv"], { sort: true });
    expect(rows.map((row) => row[8])).toEqual([1_000_000_000, 5_000_000_000, 6_000_000_000]);
    expect(warnings.join()).toMatch(/newest first/);
  });

  it("sort-ignores-offset", async () => {
    const { rows } = await stake(["sort-ignores-offset", "dst.csv"], { sort: true });
    expect(rows.map((row) => [row[0], row[8]])).toEqual([
      [Date.UTC(2025, 9, 26, 0, 45), 1],
      [Date.UTC(2025, 9, 26, 1, 15), 2],
    ]);
  });

  it("duplicate-events", async () => {
    expect((await refusalOf(() => stake(["duplicate-events", "stake.csv"]))).code).toBe("TEN-IMPORT-008");
    const out = join(await temporaryFolder(), "out");
    expect((await refusalOf(() => importedTable(caseOf("duplicate-events", "emission.csv"), "emission", { out }))).code).toBe(
      "TEN-IMPORT-008",
    );
  });

  it("whole-alpha-as-rao", async () => {
    const out = join(await temporaryFolder(), "out");
    const file = caseOf("whole-alpha-as-rao", "cointracking_prepared.csv");
    const map = { time_ms: "Date", amount_rao: "Buy" };
    expect((await importedTable(file, "emission", { map, out })).warnings.join()).toMatch(/whole tokens/);
    expect((await importedTable(file, "emission", { map, out, unit: "alpha" })).sums).toMatchObject([{ total_rao: "2000000000" }]);
  });

  it("tao20-portal-layout", async () => {
    const { sums } = await importTao20(caseOf("tao20-portal-layout"), { out: join(await temporaryFolder(), "out") });
    expect(sums.map(({ kind }) => kind)).toEqual(["price", "emission_rate", "index_weights"]);
  });

  it("double-counted-emission: both tables in one recording", async () => {
    const out = join(await temporaryFolder(), "out");
    await importedTable(caseOf("double-counted-emission", "em.csv"), "emission", { out });
    const { manifest } = await importedTable(caseOf("double-counted-emission", "bal.csv"), "balances", { out, into: true });
    expect(Object.keys(manifest.streams)).toEqual(["emission", "balances"]);
  });
});
