import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { openRun } from "../../../recorders/results/open-run.js";
import { executeRun, type RunProgress } from "../../../recorders/run/execute.js";
import { useFolders } from "../results/sample-batches.js";
import { smallRun } from "./small-run.js";

const folder = useFolders();
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

async function manifestOf(out: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(out, "manifest.json"), "utf8"));
}

describe("executeRun", () => {
  it("writes tables, DuckDB file and a manifest that describes them", async () => {
    const out = join(await folder(), "run");
    const { dir, manifest } = await executeRun(smallRun(), 0, { out });
    expect(dir).toBe(out);
    expect((await readdir(out)).sort()).toEqual(["manifest.json", "results.duckdb", "tables"]);
    const { seal: _, ...rest } = await manifestOf(out);
    expect(rest).toEqual(JSON.parse(JSON.stringify(manifest)));
    const names = Object.keys(manifest.tables);
    expect((await readdir(join(out, "tables"))).sort()).toEqual(names.map((name) => `${name}.arrow`).sort());
    const lines: string[] = [];
    for (const [name, { file, sha256: expected, bytes }] of Object.entries(manifest.tables)) {
      const content = await readFile(join(out, file));
      expect(content.length).toBe(bytes);
      expect(sha256(content)).toBe(expected);
      lines.push(`${name} ${expected}\n`);
    }
    expect(manifest.digest).toBe(sha256(Buffer.from(lines.sort().join(""))));
    expect(manifest.counts.events).toBe(311);
    expect(manifest.tables.holdings?.rows).toBe(300);
    expect(manifest.tables.exits?.rows).toBe(manifest.counts.exits);
    expect(manifest.rejections.more_than_held).toBe(1);
    expect(manifest.tables.rejections?.rows).toBe(1);
    expect(manifest.tables.schedules?.rows).toBe(0);

    const run = await openRun(out);
    let remaining = 0n;
    for await (const batch of run.readTable("positions")) {
      const stake = batch.columns[6] as Float64Array;
      for (let row = 0; row < batch.rows; row++) remaining += BigInt(stake[row]);
    }
    expect(remaining.toString()).toBe(manifest.summary.remaining_rao);
    const instance = await DuckDBInstance.create(run.duckdbPath as string, { access_mode: "READ_ONLY" });
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll(
      "SELECT sum(stake_rao)::VARCHAR AS s, (SELECT count(*) FROM holdings_view WHERE hotkey = 'hotkey-2')::INTEGER AS n FROM positions",
    );
    expect(rows.getRowObjectsJson()).toEqual([{ s: manifest.summary.remaining_rao, n: 100 }]);
    connection.closeSync();
    instance.closeSync();
  });

  it("gives the same bytes twice, with and without DuckDB, over an older run", async () => {
    const dir = await folder();
    const first = await executeRun(smallRun(), 0, { out: join(dir, "a") });
    const second = await executeRun(smallRun(), 0, { out: join(dir, "a"), duckdb: false });
    const third = await executeRun(smallRun({ epochs: 99 }), 0, { out: join(dir, "b"), duckdb: false });
    expect(second.manifest.digest).toBe(first.manifest.digest);
    expect(second.manifest.tables).toEqual(first.manifest.tables);
    expect(third.manifest.digest).not.toBe(first.manifest.digest);
    expect((await readdir(join(dir, "a"))).sort()).toEqual(["manifest.json", "tables"]);
    expect(second.manifest.duckdb).toBeNull();
  });

  it("writes only what the scenario records, positions and epochs always", async () => {
    const out = join(await folder(), "run");
    const { manifest } = await executeRun(smallRun({ record: { tables: ["exits"], everyEpochs: 1 } }), 0, { out });
    expect(Object.keys(manifest.tables)).toEqual(["positions", "epochs", "exits"]);
  });

  it("leaves nothing behind after bad input, and an earlier run as it was", async () => {
    const dir = await folder();
    const out = join(dir, "deep", "run");
    await expect(executeRun(smallRun({ onInvalid: "stop" }), 0, { out })).rejects.toMatchObject({ name: "TenureError" });
    expect(await readdir(dir)).toEqual([]);
    await executeRun(smallRun(), 0, { out, duckdb: false });
    const before = await readFile(join(out, "manifest.json"), "utf8");
    await expect(executeRun(smallRun({ onInvalid: "stop" }), 0, { out })).rejects.toMatchObject({ name: "TenureError" });
    expect(await readFile(join(out, "manifest.json"), "utf8")).toBe(before);
    expect((await readdir(out)).sort()).toEqual(["manifest.json", "tables"]);
  });

  it("marks the folder incomplete when it is interrupted; a re-run replaces it", async () => {
    const out = join(await folder(), "run");
    const stop = new AbortController();
    const started = smallRun({
      onChunk: (index) => {
        if (index === 50) stop.abort();
      },
    });
    const interrupted = executeRun(started, 0, { out, signal: stop.signal });
    await expect(interrupted).rejects.toThrow(/abort/i);
    const seen = await manifestOf(out);
    expect(seen).toMatchObject({ status: "incomplete", reason: "interrupted", scenario: { name: "small" } });
    expect(await readdir(out)).toEqual(["manifest.json"]);
    await expect(openRun(out)).rejects.toMatchObject({ code: "TEN-RESULT-004" });
    const { manifest } = await executeRun(smallRun(), 0, { out, duckdb: false });
    expect((await manifestOf(out)).digest).toBe(manifest.digest);
  });

  it("refuses a folder that is not a run before it does anything", async () => {
    const out = await folder();
    await writeFile(join(out, "thesis.txt"), "years of work");
    await expect(executeRun(smallRun(), 0, { out })).rejects.toMatchObject({ code: "TEN-RESULT-007" });
    expect(await readdir(out)).toEqual(["thesis.txt"]);
  });

  it("tells how far it is", async () => {
    const seen: RunProgress[] = [];
    await executeRun(smallRun({ epochs: 12_000, record: { tables: ["exits"], everyEpochs: 1 } }), 0, {
      out: join(await folder(), "run"),
      onProgress: (progress) => seen.push(progress),
    });
    const stages = [...new Set(seen.map((progress) => progress.stage))];
    expect(stages).toEqual(["simulating", "loading"]);
    // Before the first events: what was told of the recordings is over.
    expect(seen[0]).toEqual({ stage: "simulating", done: 0, total: null, unit: "events" });
    for (const { done, total } of seen) if (total !== null) expect(done).toBeLessThanOrEqual(total);
    const last = seen[seen.length - 1];
    expect(last.done).toBe(last.total);
  });

  it("notes the data folder only relative to the run, and only below the working folder", async () => {
    const out = join(await folder(), "run");
    const { manifest } = await executeRun(smallRun(), 0, { out, data: "recordings", duckdb: false });
    expect(manifest.data).toBeNull();
    expect(JSON.stringify(manifest)).not.toContain(process.cwd());
  });
});
