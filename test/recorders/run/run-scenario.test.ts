import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import type { ColumnBatch } from "../../../engine/index.js";
import { openRun } from "../../../recorders/results/open-run.js";
import { runScenario, runToSummary } from "../../../recorders/run/run.js";
import { verifyRun } from "../../../recorders/run/verify.js";
import { parseScenario } from "../../../scenarios/index.js";
import { otherWarnings, pay, START } from "../../engine/in-memory.js";
import { recordStreams, tableOf } from "../importers/any-recorded-run.js";
import { editRun } from "../results/edited-run.js";
import { useFolders } from "../results/sample-batches.js";
import { RECORDED_EPOCH_MS, RECORDED_START_MS, writeBalancesRecording, writeMinerRecording } from "./recorded-sample.js";

const folder = useFolders();

const SYNTHETIC = parseScenario(
  `
name: little
seed: 7
time: { start: 2025-01-01T00:00:00Z, days: 6 }
subnet: { netuid: 3 }
streams:
  - synthetic: subnet
    miners: 12
    coldkeys: 5
emission: replay
record: { tables: all }
`,
  "little.yaml",
);

const recordedText = (more = "") => `
name: recorded
streams:
  - recorded: miner
emission: replay
record: { tables: all }
${more}
`;

const PEERS = `
name: peers
time: { start: 2023-11-15T00:00:00Z, days: 5 }
subnet: { netuid: 7 }
streams:
  - recorded: miner
    coverage: subnet
  - synthetic: subnet
    name: peers
    miners: 5
    registry: false
    epochs_from: miner
emission: redistribute
record: { tables: [holdings] }
`;

async function epochEnds(dir: string): Promise<number[]> {
  const ends: number[] = [];
  for await (const batch of (await openRun(dir)).readTable("epochs"))
    ends.push(...(batch.columns[3] as Float64Array).subarray(0, batch.rows));
  return ends;
}

describe("runScenario", () => {
  it("runs synthetic streams, twice to the same bytes, another seed to others", async () => {
    const dir = await folder();
    const first = await runScenario(SYNTHETIC, { out: join(dir, "a") });
    const second = await runScenario(SYNTHETIC, { out: join(dir, "b"), duckdb: false, audit: true });
    expect(second.manifest.tables).toEqual(first.manifest.tables);
    const other = parseScenario(
      `name: little\nseed: 8\ntime: { start: 2025-01-01T00:00:00Z, days: 6 }\nsubnet: { netuid: 3 }\nstreams: [{ synthetic: subnet, miners: 12, coldkeys: 5 }]\nemission: replay\n`,
      "other.yaml",
    );
    expect((await runScenario(other, { out: join(dir, "c"), duckdb: false })).manifest.digest).not.toBe(first.manifest.digest);
    expect(first.manifest).toMatchObject({ seed: 7, replicate: 0, data: null, scenario: { name: "little", resolved: SYNTHETIC.resolved } });
    expect(first.manifest.inputs.map(({ stream, source }) => `${source} ${stream}`)).toEqual([
      "synthetic synthetic/registry",
      "synthetic synthetic/stake",
      "synthetic synthetic/emission",
    ]);
    expect(first.manifest.counts.positions).toBe(12);
  });

  it("runs a recording from just before its first row, and lists its files", async () => {
    const dir = await folder();
    await writeMinerRecording(join(dir, "data", "miner"));
    const scenario = parseScenario(recordedText(), "recorded.yaml");
    const { manifest } = await runScenario(scenario, { out: join(dir, "run"), data: join(dir, "data"), duckdb: false });
    expect(manifest.counts).toMatchObject({ events: 220, epochs: 200, positions: 1 });
    expect(manifest.inputs.map(({ file, rows, kind }) => `${kind} ${file} ${rows}`)).toEqual([
      "stake miner/stake.arrow 20",
      "emission miner/emission.arrow 200",
    ]);
    const recorded = JSON.parse(await readFile(join(dir, "data", "miner", "manifest.json"), "utf8"));
    expect(manifest.inputs[1].sha256).toBe(recorded.streams.emission.files[0].sha256);
    expect(manifest.summary.warnings.join()).not.toContain("not read");
    for await (const batch of (await openRun(join(dir, "run"))).readTable("epochs")) {
      expect(batch.columns[2][0]).toBe(RECORDED_START_MS + RECORDED_EPOCH_MS - 1);
    }
    expect(JSON.stringify(manifest)).not.toContain(dir);
  });

  it("reads a recording from the start that is stated, and says what it passed over", async () => {
    const dir = await folder();
    await writeMinerRecording(join(dir, "miner"));
    const startMs = RECORDED_START_MS + 100 * RECORDED_EPOCH_MS;
    const scenario = parseScenario(recordedText(`time: { start: ${new Date(startMs).toISOString()} }`), "late.yaml");
    const summary = await runToSummary(scenario, { data: dir });
    expect(summary.events).toEqual({ "miner/stake": 11, "miner/emission": 100 });
    expect(summary.firstMs).toBe(startMs + 60_000);
    expect(summary.warnings.filter((warning) => warning.includes("not read"))).toEqual([
      "miner/stake: 9 rows up to the start of the run were not read, the first of 2023-11-15T12:03:00Z: 0 rao of stake that came in, 18000000000 that went out, 0 that was moved or transferred.",
      "miner/emission: 100 rows up to the start of the run were not read, the first of 2023-11-15T01:12:12Z: 100000005050 rao of emission.",
    ]);
    const hint = /To have the rows up to the start read, set time.start to (.*)\.$/.exec(summary.warnings.join("\n"))?.[1];
    const whole = await runToSummary(parseScenario(recordedText(`time: { start: ${hint} }`), "early.yaml"), { data: dir });
    expect(whole.events).toEqual({ "miner/stake": 20, "miner/emission": 200 });
    expect(whole.warnings.join()).not.toContain("up to the start");
  });

  it("attributes emission where only balances were recorded, and says what that cannot show", async () => {
    const dir = await folder();
    await writeBalancesRecording(join(dir, "miner"));
    const { manifest } = await runScenario(parseScenario(recordedText(), "balances.yaml"), {
      out: join(dir, "run"),
      data: dir,
      duckdb: false,
    });
    expect(manifest.summary).toMatchObject({
      emission_rao: "400",
      inflow_rao: "100",
      outflow_rao: "30",
      unexplained_rao: "30",
      remaining_rao: "470",
      epochs: 8,
    });
    expect(otherWarnings(manifest.summary.warnings)).toEqual([
      "miner: only balances were recorded, so sales smaller than the emission between two balances are invisible, and deposits count as emission.",
    ]);
    expect(manifest.inputs.map(({ stream, file }) => `${stream} ${file}`)).toEqual(["miner/balances miner/balances.arrow"]);
    expect(await verifyRun(join(dir, "run"), { data: dir })).toMatchObject({ ok: true });
  });

  it("lets synthetic peers keep the recorded epochs", async () => {
    const dir = await folder();
    await writeMinerRecording(join(dir, "miner"), { emissionRao: 40_000_000_000 });
    const { manifest } = await runScenario(parseScenario(PEERS, "peers.yaml"), { out: join(dir, "run"), data: dir, duckdb: false });
    expect(manifest.counts.positions).toBe(6);
    const ends = await epochEnds(join(dir, "run"));
    expect(ends).toEqual(Array.from({ length: 99 }, (_, epoch) => RECORDED_START_MS + (epoch + 1) * RECORDED_EPOCH_MS));
    const elsewhere = parseScenario(PEERS.replace("{ netuid: 7 }", "{ netuid: 8 }"), "peers.yaml");
    await expect(runToSummary(elsewhere, { data: dir })).rejects.toMatchObject({ code: "TEN-RUN-003", found: "emission of other subnets" });
  });

  it("lets synthetic peers keep the marked epochs of their subnet: one that paid nobody counts, and pay inside of others does not", async () => {
    const dir = await folder();
    const tempoMs = 360 * 12_000;
    const at = (epochs: number) => START + epochs * tempoMs;
    const marks = (netuid: number, ends: readonly number[]) => ends.map((end) => ({ time_ms: at(end), netuid }));
    const ten = Array.from({ length: 10 }, (_, epoch) => epoch + 1);
    const paid = [0.5, 1, 2, 2.5, 3, 5, 5.9, 6, 7, 8, 9, 10].flatMap((end) => [
      pay(at(end), "own", 1_000, { netuid: 7 }),
      pay(at(end), "other", 1_000, { netuid: 8 }),
    ]);
    const scenario = (netuid: number, changes: object) =>
      parseScenario(
        JSON.stringify({
          name: "marked-peers",
          time: { start: new Date(START).toISOString(), end: new Date(at(10)).toISOString() },
          subnet: { netuid },
          streams: [
            { recorded: "marked", ...changes },
            { synthetic: "subnet", name: "peers", miners: 4, miner_pot_alpha_per_block: 0.4, registry: false, epochs_from: "marked" },
          ],
          emission: "replay",
          record: { tables: "all" },
        }),
        "peers.json",
      );
    const peers = async (netuid: number, changes = {}) => {
      const out = join(dir, "run");
      await runScenario(scenario(netuid, changes), { out, data: dir, duckdb: false });
      const own = new Set(
        (await tableOf(out, "positions")).filter((row) => String(row.hotkey).startsWith("peers")).map((row) => row.position),
      );
      const epochs = (await tableOf(out, "epochs")).filter((row) => row.netuid === netuid);
      const rewards = (await tableOf(out, "rewards")).filter((row) => own.has(row.position));
      return epochs.map(({ epoch, end_ms }) => [
        (Number(end_ms) - START) / tempoMs,
        rewards.reduce((sum, row) => (row.epoch === epoch ? sum + Number(row.paid_rao) : sum), 0),
      ]);
    };
    const pot = (blocks: number) => blocks * 400_000_000;
    const sorted = (rows: readonly { time_ms: number; netuid: number }[]) => [...rows].sort((a, b) => a.time_ms - b.time_ms);
    // Subnet 8 has marks after the run alone, and counts as one without.
    const all = sorted([...marks(7, ten), ...marks(8, [11])]);
    await recordStreams(join(dir, "marked"), [
      { kind: "emission", rows: paid },
      { kind: "epoch_marks", rows: all },
    ]);
    expect(await peers(7)).toEqual(ten.map((end) => [end, pot(360)]));
    const paidAt = [0.5, 1, 2, 2.5, 3, 5, 5.9, 6, 7, 8, 9, 10];
    const byPay = new Map([
      [1, 1],
      [2, 1],
      [3, 1],
      [5, 2],
      [6, 1],
      [7, 1],
      [8, 1],
      [9, 1],
      [10, 1],
    ]);
    const expected = paidAt.map((end) => [end, pot(360 * (byPay.get(end) ?? 0))]);
    expect(await peers(8)).toEqual(expected);
    expect(await peers(7, { kinds: ["emission"] })).toEqual(expected);
    // A mark less than a tempo after another ends an epoch all the same.
    await recordStreams(join(dir, "marked"), [{ kind: "epoch_marks", rows: marks(7, [0.25, 2, 2.75]) }]);
    expect(await peers(7)).toEqual([
      [0.25, pot(90)],
      [2, pot(630)],
      [2.75, pot(270)],
    ]);
    await expect(peers(8)).rejects.toMatchObject({ code: "TEN-RUN-003", found: "epoch_marks of other subnets" });
  });

  it("hands the tables to a sink instead of files", async () => {
    const rows: Record<string, number> = {};
    const sink = {
      append: (table: string, batch: ColumnBatch) => {
        rows[table] = (rows[table] ?? 0) + batch.rows;
      },
    };
    const summary = await runToSummary(SYNTHETIC, { sink });
    expect(rows.holdings).toBe(summary.rows.holdings);
    expect(rows.positions).toBe(12);
  });

  it("refuses a missing recording before it makes anything", async () => {
    const dir = await folder();
    const scenario = parseScenario(recordedText(), "recorded.yaml");
    await expect(runScenario(scenario, { out: join(dir, "deep", "run"), data: dir })).rejects.toMatchObject({ code: "TEN-STREAM-001" });
    expect(await readdir(dir)).toEqual([]);
  });

  it("is stopped by its signal with a code", async () => {
    const dir = await folder();
    const stop = new AbortController();
    const run = runScenario(SYNTHETIC, { out: join(dir, "run"), signal: stop.signal, onProgress: () => stop.abort() });
    await expect(run).rejects.toMatchObject({ code: "TEN-RUN-001" });
    expect(await readdir(join(dir, "run"))).toEqual(["manifest.json"]);
  });

  it("says that an earlier run was kept when it is stopped", async () => {
    const dir = await folder();
    const out = join(dir, "run");
    const { manifest } = await runScenario(SYNTHETIC, { out, duckdb: false });
    const stop = new AbortController();
    const run = runScenario(SYNTHETIC, { out, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(run).rejects.toMatchObject({
      code: "TEN-RUN-001",
      what: "The run was interrupted; the earlier run in this folder was kept.",
    });
    expect((await openRun(out)).manifest.digest).toBe(manifest.digest);
  });

  it("says in its summary which keys win over the preset, which subnet is not met, and that no epoch ended", async () => {
    const dir = await folder();
    await writeMinerRecording(join(dir, "miner"));
    const preset = parseScenario(
      recordedText("preset: bettensor-live\nledger: { on_invalid: record, equal_times: earlier_first }"),
      "a.yaml",
    );
    expect(preset.warnings).toEqual(["ledger.on_invalid is record as the scenario states, not clamp as its preset bettensor-live has it."]);
    expect((await runToSummary(preset, { data: dir })).warnings).toContain(preset.warnings[0]);
    const elsewhere = parseScenario(recordedText("subnet: { netuid: 46 }"), "b.yaml");
    expect((await runToSummary(elsewhere, { data: dir })).warnings).toContain(
      "The scenario names subnet 46, and no event is of it; the streams tell of 7. What the scenario sets for subnet 46 is not used.",
    );
    const unpaid = parseScenario(recordedText().replace("- recorded: miner", "- { recorded: miner, kinds: [stake] }"), "c.yaml");
    expect((await runToSummary(unpaid, { data: dir })).warnings).toContain(
      "Nobody is paid, so no epoch ends; set epochs: tempo to have them end by the clock.",
    );
    const plain = parseScenario(recordedText("subnet: { netuid: 7 }"), "d.yaml");
    expect((await runToSummary(plain, { data: dir })).warnings.join()).not.toMatch(/preset|netuid|names subnet|no epoch/);
  });
});

describe("verifyRun", () => {
  it("confirms a run and leaves it as it was", async () => {
    const dir = await folder();
    const { manifest } = await runScenario(SYNTHETIC, { out: join(dir, "run"), duckdb: false });
    const before = await readFile(join(dir, "run", "manifest.json"), "utf8");
    const report = await verifyRun(join(dir, "run"));
    expect(report).toMatchObject({ ok: true, digest: manifest.digest, rerunDigest: manifest.digest, difference: null });
    expect(await readFile(join(dir, "run", "manifest.json"), "utf8")).toBe(before);
  });

  it("names a damaged table, and its first row that differs from that of a second run", async () => {
    const dir = await folder();
    const { manifest } = await runScenario(SYNTHETIC, { out: join(dir, "run"), duckdb: false });
    const path = join(dir, "run", "tables", "holdings.arrow");
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path, bytes);
    const report = await verifyRun(join(dir, "run"));
    expect(report).toMatchObject({ ok: false, rerunDigest: manifest.digest, difference: { table: "holdings" } });
    expect(report.difference?.row).toBeGreaterThan(0);
    expect(report.difference?.recorded).not.toBe(report.difference?.rerun);
    expect(report.changedTables).toMatchObject([
      { table: "holdings", file: "tables/holdings.arrow", expected: manifest.tables.holdings?.sha256 },
    ]);
    await rename(path, `${path}.away`);
    const gone = await verifyRun(join(dir, "run"));
    expect(gone.changedTables).toMatchObject([{ table: "holdings", found: null }]);
    expect(gone.difference).toMatchObject({ table: "holdings", row: null, recorded: "a file that is missing" });
    // What says how to read the rows is not read where it was changed: the library takes it on trust.
    for (const at of [9, bytes.length - 300, bytes.length - 40]) {
      const frame = Buffer.from(bytes);
      frame[at] ^= 8;
      await writeFile(path, frame);
      const recorded = "a file of the size that was written, with other bytes";
      expect((await verifyRun(join(dir, "run"))).difference).toMatchObject({ row: null, column: null, recorded });
    }
    await writeFile(path, "no table");
    const recorded = `a file of 8 bytes; ${bytes.length} were written`;
    expect((await verifyRun(join(dir, "run"))).difference).toMatchObject({ table: "holdings", row: null, recorded });
  });

  it("does not read a table that is another run's: it may be anything", async () => {
    const dir = await folder();
    await runScenario(SYNTHETIC, { out: join(dir, "run"), duckdb: false });
    const more = parseScenario(
      `name: little\nseed: 8\ntime: { start: 2025-01-01T00:00:00Z, days: 6 }\nsubnet: { netuid: 3 }\nstreams: [{ synthetic: subnet, miners: 12, coldkeys: 5 }]\nemission: replay\nrecord: { tables: all }\n`,
      "more.yaml",
    );
    await runScenario(more, { out: join(dir, "more"), duckdb: false });
    const [theirs, ours] = ["more", "run"].map((run) => join(dir, run, "tables", "exits.arrow"));
    const written = (await readFile(ours)).length;
    await copyFile(theirs, ours);
    const report = await verifyRun(join(dir, "run"));
    const recorded = `a file of ${(await readFile(theirs)).length} bytes; ${written} were written`;
    expect(report.difference).toMatchObject({ table: "exits", row: null, recorded });
  });

  it("checks the DuckDB file and names files that are not of the run", async () => {
    const dir = await folder();
    const out = join(dir, "run");
    await runScenario(SYNTHETIC, { out });
    expect(await verifyRun(out)).toMatchObject({ ok: true, duckdbFaults: [], foreignFiles: [] });
    await writeFile(join(out, "tables", "more.arrow"), "");
    expect(await verifyRun(out)).toMatchObject({ ok: true, foreignFiles: ["tables/more.arrow"] });
    const path = join(out, "results.duckdb");
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run("DELETE FROM holdings WHERE epoch = 1");
    await connection.run("DROP VIEW exits_view");
    await connection.run("DROP TABLE exits");
    connection.closeSync();
    instance.closeSync();
    const report = await verifyRun(out);
    expect(report).toMatchObject({ ok: false, difference: null, changedTables: [] });
    expect(report.duckdbFaults.join("\n")).toMatch(/table holdings has \d+ rows, the manifest says \d+/);
    expect(report.duckdbFaults).toContain("results.duckdb has no table exits");
    await writeFile(path, "no database");
    expect((await verifyRun(out)).duckdbFaults.join("\n")).toMatch(/has 11 bytes.*\n.*cannot be read/);
    await rm(path);
    expect((await verifyRun(out)).duckdbFaults).toEqual(["results.duckdb is missing"]);
  });

  it("names the first table, row and values that differ", async () => {
    const dir = await folder();
    const out = join(dir, "run");
    await runScenario(SYNTHETIC, { out, duckdb: false });
    // The run of another pot, which claims to be of this scenario.
    const more = parseScenario(
      `name: little\nseed: 7\ntime: { start: 2025-01-01T00:00:00Z, days: 6 }\nsubnet: { netuid: 3 }\nstreams: [{ synthetic: subnet, miners: 12, coldkeys: 5 }]\nvesting: { max_multiplier: 1.6 }\nemission: replay\nrecord: { tables: all }\n`,
      "more.yaml",
    );
    await runScenario(more, { out: join(dir, "more"), duckdb: false });
    await editRun(join(dir, "more"), ({ scenario }) => Object.assign(scenario, { resolved: SYNTHETIC.resolved }), true);
    const report = await verifyRun(join(dir, "more"));
    expect(report.ok).toBe(false);
    expect(report.difference).toMatchObject({ table: "epochs", column: "mean_multiplier" });
    const { row, recorded, rerun } = report.difference ?? {};
    const value = async (run: string) => {
      for await (const batch of (await openRun(run)).readTable("epochs")) return batch.columns[9][(row as number) - 1];
      return null;
    };
    expect(recorded).toBe(await value(join(dir, "more")));
    expect(rerun).toBe(await value(out));
    expect(recorded).not.toBe(rerun);
  });

  it("needs the data folder of a recorded run, and notices changed inputs", async () => {
    const dir = await folder();
    await writeMinerRecording(join(dir, "data", "miner"));
    const scenario = parseScenario(recordedText(), "recorded.yaml");
    const out = join(dir, "run");
    await runScenario(scenario, { out, data: join(dir, "data"), duckdb: false });
    // The two folders share a parent, so the run knows the way.
    expect(await verifyRun(out)).toMatchObject({ ok: true });
    await rename(join(dir, "data"), join(dir, "moved"));
    await expect(verifyRun(out)).rejects.toMatchObject({ code: "TEN-RUN-002", found: "../data", hint: expect.stringContaining("--data") });
    await rename(join(dir, "moved"), join(dir, "data"));
    const far = join(dir, "a", "b", "run");
    const { manifest } = await runScenario(scenario, { out: far, data: join(dir, "data"), duckdb: false });
    expect(manifest.data).toBe("../../../data");
    await mkdir(join(dir, "c"));
    await rename(join(dir, "data"), join(dir, "c", "data"));
    const apart = await runScenario(scenario, { out: far, data: join(dir, "c", "data"), duckdb: false });
    expect(apart.manifest.data).toBeNull();
    await expect(verifyRun(far)).rejects.toMatchObject({ code: "TEN-RUN-002" });
    await rename(join(dir, "c", "data"), join(dir, "data"));
    expect(await verifyRun(out, { data: join(dir, "data") })).toMatchObject({ ok: true });
    await writeMinerRecording(join(dir, "data", "miner"), { epochs: 199 });
    const report = await verifyRun(out, { data: join(dir, "data") });
    expect(report).toMatchObject({ ok: false, rerunDigest: null });
    expect(report.changedInputs.map(({ file, found }) => `${file} ${found === null}`)).toEqual([
      "miner/stake.arrow false",
      "miner/emission.arrow false",
    ]);
    expect((await verifyRun(out, { data: join(dir, "other") })).changedInputs.map(({ found }) => found)).toEqual([null, null]);
  });

  it("refuses a manifest whose digest is not that of its tables", async () => {
    const dir = await folder();
    await runScenario(SYNTHETIC, { out: dir, duckdb: false });
    await editRun(dir, (manifest) => Object.assign(manifest, { digest: "f".repeat(64) }), true);
    await expect(verifyRun(dir)).rejects.toMatchObject({ code: "TEN-RESULT-005" });
    await editRun(dir, (manifest) => Object.assign(manifest, { seed: 9 }));
    await expect(verifyRun(dir)).rejects.toMatchObject({ code: "TEN-RESULT-013" });
  });
});
