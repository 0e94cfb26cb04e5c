import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRun } from "../../../recorders/results/open-run.js";
import { RunDirectory } from "../../../recorders/results/run-directory.js";
import { executeRun } from "../../../recorders/run/execute.js";
import { smallRun } from "../run/small-run.js";
import { contentsOf, refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { editRun, flipBit, type ManifestFile } from "./edited-run.js";

const temporaryFolder = useTemporaryFolders();

async function run(): Promise<string> {
  const out = join(await temporaryFolder(), "run");
  await executeRun(smallRun(), 0, { out, duckdb: false });
  return out;
}

describe("the seal of a run's manifest", () => {
  it("is the SHA-256 of the rest of it, the last entry, and not in the digest", async () => {
    const text = await readFile(join(await run(), "manifest.json"), "utf8");
    const { seal, ...rest } = JSON.parse(text) as ManifestFile;
    expect(seal).toBe(createHash("sha256").update(JSON.stringify(rest)).digest("hex"));
    expect(text).toMatch(new RegExp(`"seal": "${seal}"\\n}\\n$`));
  });

  it.each<[string, (manifest: ManifestFile) => void]>([
    ["the seed", (manifest) => Object.assign(manifest, { seed: 2 })],
    ["the replicate", (manifest) => Object.assign(manifest, { replicate: 1 })],
    ["the scenario's name", ({ scenario }) => Object.assign(scenario, { name: "other" })],
    ["a value of the scenario", ({ scenario }) => Object.assign(scenario.resolved, { epochs: 99 })],
    ["a figure of the summary", ({ summary }) => Object.assign(summary as object, { positions: 1 })],
    ["the seal", (manifest) => Object.assign(manifest, { seal: "0".repeat(64) })],
    ["the seal, which is no text", (manifest) => Object.assign(manifest, { seal: 1 })],
    ["the seal, which is gone", (manifest) => delete manifest.seal],
  ])("shows a change of %s", async (_, edit) => {
    const out = await run();
    await editRun(out, edit);
    expect(await refusalOf(() => openRun(out))).toMatchObject({
      code: "TEN-RESULT-013",
      place: { file: join(out, "manifest.json"), path: "seal" },
      found: expect.anything(),
      allowed: expect.anything(),
      hint: expect.stringContaining("again"),
    });
  });

  it("is the same whatever spaces were added", async () => {
    const out = await run();
    await editRun(out, () => undefined);
    expect((await openRun(out)).manifest.scenario.name).toBe("small");
  });

  it("keeps a changed manifest from being replaced without --force, one of before seals is a run like any other", async () => {
    const out = await run();
    await editRun(out, (manifest) => delete manifest.seal);
    await (await RunDirectory.open(out, { scenario: "small" })).discard();
    expect(await refusalOf(() => RunDirectory.open(out, { scenario: "other" }))).toMatchObject({ code: "TEN-RESULT-010" });
    const changed = await run();
    await editRun(changed, ({ scenario }) => Object.assign(scenario, { name: "other" }));
    const before = await contentsOf(changed);
    for (const scenario of ["small", "other"]) {
      expect(await refusalOf(() => RunDirectory.open(changed, { scenario }))).toMatchObject({
        code: "TEN-RESULT-013",
        hint: expect.stringContaining("--force"),
      });
    }
    expect(await contentsOf(changed)).toEqual(before);
    await (await RunDirectory.open(changed, { scenario: "small", force: true })).discard();
    expect(await contentsOf(changed)).toEqual(before);
    await executeRun(smallRun(), 0, { out: changed, duckdb: false, force: true });
    expect((await openRun(changed)).manifest.scenario.name).toBe("small");
  });
});

describe("the tables of a run", () => {
  it("are each compared with their SHA-256 before the first row, from either end", async () => {
    const out = await run();
    const { tables, manifest } = await openRun(out);
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) await flipBit(join(out, "tables", `${table}.arrow`));
    const damaged = await openRun(out);
    for (const table of tables) {
      for (const order of ["oldest_first", "newest_first"] as const) {
        const refusal = await refusalOf(() => damaged.readTable(table, order).next());
        expect(refusal).toMatchObject({
          code: "TEN-RESULT-006",
          place: { file: join(out, "tables", `${table}.arrow`) },
          found: expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/),
          allowed: expect.stringContaining(manifest.tables[table]?.sha256 ?? "none"),
          hint: expect.stringContaining("tenure verify"),
        });
      }
    }
  });

  it("are not read where only others are asked for", async () => {
    const out = await run();
    await flipBit(join(out, "tables", "holdings.arrow"));
    let rows = 0;
    for await (const batch of (await openRun(out)).readTable("epochs")) rows += batch.rows;
    expect(rows).toBe(100);
  });

  it("are hashed once a reader, however often they are read", async () => {
    const open = await openRun(await run());
    const read: number[] = [];
    for (let times = 0; times < 3; times++) await open.checkTable("epochs", (bytes) => read.push(bytes));
    expect(read.reduce((sum, bytes) => sum + bytes, 0)).toBe(open.manifest.tables.epochs?.bytes);
  });
});
