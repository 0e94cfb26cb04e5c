import { cp, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importTao20 } from "../../../recorders/importers/index.js";
import { openRecording } from "../../../recorders/streams/index.js";
import { readRows } from "../streams/recordings.js";
import { contentsOf, refusalOf, sharedData, useTemporaryFolders } from "../temporary-folder.js";

const temporaryFolder = useTemporaryFolders();
const isoOf = (timeMs: number) => new Date(timeMs).toISOString().replace(".000Z", "+00:00");
const dayMs = (date: string) => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6)));

interface Sample {
  readonly at?: number;
  readonly requested?: number;
  readonly block?: number | null;
  readonly prices: Record<string, unknown>;
}

/** A day's price file; times in ms after midnight. */
async function writePrices(folder: string, date: string, samples: readonly Sample[], name = date): Promise<void> {
  await mkdir(join(folder, "prices"), { recursive: true });
  const stamp = (ms: number | undefined) => (ms === undefined ? null : isoOf(dayMs(date) + ms));
  const value = {
    metadata: { date, samples_per_day: 720 },
    samples: samples.map(({ at, requested, block, prices }, index) => ({
      sample_index: index,
      requested_time: stamp(requested),
      block_timestamp_utc: stamp(at),
      closest_block: block ?? null,
      emissions: prices,
    })),
  };
  await writeFile(
    join(folder, "prices", `emissions_v2_${name}.json`),
    JSON.stringify(value).replaceAll('"NaN"', "NaN").replaceAll('"Infinity"', "Infinity"),
  );
}

async function imported(folder: string) {
  const report = await importTao20(folder, { out: join(folder, "out") });
  const recording = await openRecording(join(folder, "out"));
  return { ...report, recording, price: report.manifest.figures.price as Record<string, unknown> };
}

describe("importTao20 prices", () => {
  it("writes samples in order of time and netuid", async () => {
    const folder = await temporaryFolder();
    const start = dayMs("20250905");
    await writePrices(folder, "20250905", [
      { at: 0, block: 100, prices: { 10: 0.5, 2: 0.25 } },
      { at: 120_000, block: 110, prices: { 2: 0.26, 10: 0.51 } },
    ]);
    const { recording, manifest } = await imported(folder);
    expect(await readRows(recording.streams[0])).toEqual([
      [start, 100, 2, 0.25],
      [start, 100, 10, 0.5],
      [start + 120_000, 110, 2, 0.26],
      [start + 120_000, 110, 10, 0.51],
    ]);
    expect(manifest).toMatchObject({ coverage: "subnet", source: { netuids: [2, 10] } });
  });

  it("finds the time of a sample by its request, then by its block, else leaves it out", async () => {
    const folder = await temporaryFolder();
    const start = dayMs("20250905");
    const prices = { 1: 0.5 };
    await writePrices(folder, "20250905", [
      { at: 0, block: 100, prices },
      { requested: 120_000, block: 110, prices },
      { block: 120, prices },
      { at: 360_000, block: 130, prices },
      { block: null, prices },
      { block: 90, prices },
    ]);
    const { recording, price, warnings } = await imported(folder);
    expect((await readRows(recording.streams[0])).map((row) => [Number(row[0]) - start, row[1]])).toEqual([
      [0, 100],
      [120_000, 110],
      [240_000, 120],
      [360_000, 130],
    ]);
    expect(price).toMatchObject({ times_requested: 1, times_from_block_number: 1, samples_without_time: 2 });
    expect(warnings.join()).toMatch(/left out: nothing says when/);
  });

  it("reports what is no price, and never writes it", async () => {
    const folder = await temporaryFolder();
    await writePrices(folder, "20250905", [
      { at: 0, block: 1, prices: { 1: 0.5, 2: 0, 3: -1, 4: null, 5: "NaN", 6: "Infinity" } },
      { at: 120_000, block: 11, prices: { 1: 0.5, 2: 0.1 } },
    ]);
    const { recording, price, warnings } = await imported(folder);
    expect(await readRows(recording.streams[0])).toHaveLength(3);
    expect(price).toMatchObject({ refused_prices: { zero: 1, negative: 1, not_finite: 3 }, observations: 3 });
    expect(warnings.join()).toMatch(/1 zero, 1 negative, 3 not a finite number/);
  });

  it("reports missing days, short days, late, ended and interrupted subnets, and fills nothing", async () => {
    const folder = await temporaryFolder();
    await writePrices(folder, "20250905", [
      { at: 0, block: 1, prices: { 1: 0.5, 2: 0.5, 4: 1 } },
      { at: 120_000, block: 11, prices: { 1: 0.5, 4: 1 } },
    ]);
    await writePrices(folder, "20250908", [{ at: 0, block: 9, prices: { 1: 0.5, 2: 0.5, 3: 0.5 } }]);
    const { price, recording } = await imported(folder);
    expect(price).toMatchObject({
      missing_days: ["20250906", "20250907"],
      short_days: [
        { date: "20250905", samples: 2 },
        { date: "20250908", samples: 1 },
      ],
      late_subnets: [{ netuid: 3, from_ms: dayMs("20250908") }],
      ended_subnets: [{ netuid: 4, to_ms: dayMs("20250905") + 120_000 }],
      interrupted_subnets: [
        { netuid: 2, missing_samples: 1 },
        { netuid: 4, missing_samples: 1 },
      ],
      longest_gap_ms: 3 * 86_400_000 - 120_000,
    });
    expect(recording.streams[0].rows).toBe(8);
  });

  it("orders samples inside a day with a report, and drops an instant that is there twice", async () => {
    const folder = await temporaryFolder();
    const prices = { 1: 0.5 };
    await writePrices(folder, "20250905", [
      { at: 120_000, block: 11, prices },
      { at: 0, block: 1, prices },
      { at: 120_000, block: 11, prices },
    ]);
    const { price, recording } = await imported(folder);
    expect(price).toMatchObject({ reordered_days: ["20250905"], duplicate_samples: 1 });
    expect(recording.streams[0].rows).toBe(2);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a price that is text", { 1: "0.5" }, "samples[0].emissions.1"],
    ["a netuid that is none", { one: 0.5 }, "samples[0].emissions.one"],
    ["a netuid over 65535", { 70000: 0.5 }, "samples[0].emissions.70000"],
  ])("refuses %s", async (_, prices, path) => {
    const folder = await temporaryFolder();
    await writePrices(folder, "20250905", [{ at: 0, block: 1, prices }]);
    expect(await refusalOf(() => imported(folder))).toMatchObject({ code: "TEN-IMPORT-004", place: { path } });
    expect(await readdir(folder)).toEqual(["prices"]);
  });

  it("refuses days that overlap, and a file of another day", async () => {
    const folder = await temporaryFolder();
    await writePrices(folder, "20250905", [{ at: 86_400_000 * 2, block: 1, prices: { 1: 1 } }]);
    await writePrices(folder, "20250906", [{ at: 0, block: 1, prices: { 1: 1 } }]);
    expect((await refusalOf(() => imported(folder))).code).toBe("TEN-IMPORT-017");
    const other = await temporaryFolder();
    await writePrices(other, "20250905", [{ at: 0, block: 1, prices: { 1: 1 } }], "20250907");
    expect(await refusalOf(() => imported(other))).toMatchObject({ code: "TEN-IMPORT-017", found: "20250905" });
  });
});

describe("importTao20", () => {
  const snapshot = (date: string, timestamp: string | null, emissions: object) => ({ metadata: { date, timestamp }, emissions });
  const index = (weights: readonly number[]) => ({
    metadata: { rebalance_date: "20250914", generation_timestamp: "2025-09-14T15:08:30.379975+00:00" },
    tao20_constituents: weights.map((weight, at) => ({
      netuid: 64 - at,
      rank: weights.length - at,
      avg_emission_rate: weight / 2,
      weight,
    })),
  });

  it("writes daily rates and published weights", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "emissions"));
    await writeFile(
      join(folder, "emissions/emissions_20250914.json"),
      JSON.stringify(snapshot("20250914", "2025-09-14T16:53:21.163147+00:00", { 2: 0.5, 1: 0, 3: -1 })),
    );
    await writeFile(join(folder, "emissions/emissions_20250916.json"), JSON.stringify(snapshot("20250916", null, { 1: 0.25 })));
    await writeFile(join(folder, "tao20_20250914.json"), JSON.stringify(index([0.25, 0.75])));
    const { recording, manifest } = await imported(folder);
    const noon = Date.parse("2025-09-14T16:53:21.163Z");
    expect(await readRows(recording.streams[0])).toEqual([
      [noon, -1, 1, 0],
      [noon, -1, 2, 0.5],
      [dayMs("20250916"), -1, 1, 0.25],
    ]);
    expect(await readRows(recording.streams[1])).toEqual([
      [Date.parse("2025-09-14T15:08:30.379Z"), 63, 1, 0.375, 0.75],
      [Date.parse("2025-09-14T15:08:30.379Z"), 64, 2, 0.125, 0.25],
    ]);
    expect(manifest.figures).toMatchObject({
      emission_rate: { missing_days: ["20250915"], days_without_time: ["20250916"], refused_rates: 1 },
      index_weights: { compositions: 1, weights_not_summing_to_one: [] },
    });
    expect(manifest.source.netuids).toEqual([1, 2, 63, 64]);
  });

  it("takes the public portal's own layout, and says which kinds are not there and where it looked", async () => {
    const folder = await temporaryFolder();
    const moved = await temporaryFolder();
    await writePrices(folder, "20250905", [{ at: 0, block: 1, prices: { 1: 1 } }]);
    await writeFile(join(folder, "tao20_20250914.json"), JSON.stringify(index([0.25, 0.75])));
    await rename(join(folder, "prices"), join(moved, "emissions_v2"));
    await mkdir(join(moved, "tao20"));
    await rename(join(folder, "tao20_20250914.json"), join(moved, "tao20", "tao20_20250914.json"));
    const { manifest, warnings, sums } = await imported(moved);
    expect(manifest.source.inputs.map(({ path }) => path)).toEqual([
      "emissions_v2/emissions_v2_20250905.json",
      "tao20/tao20_20250914.json",
    ]);
    expect(sums.map(({ kind, rows }) => [kind, rows])).toEqual([
      ["price", 1],
      ["index_weights", 2],
    ]);
    expect(warnings).toContain("There are no emission rates: looked for emissions/emissions_YYYYMMDD.json.");
    expect(manifest.notes).toEqual(warnings.slice(0, 1));
    await writePrices(folder, "20250914", [{ at: 0, block: 1, prices: { 1: 1 } }]);
    expect((await imported(folder)).warnings.join("\n")).toMatch(
      /no emission rates.*\n.*no published weights: looked for tao20_YYYYMMDD\.json or tao20\/tao20_YYYYMMDD\.json/,
    );
  });

  it("refuses a day that lies in two folders", async () => {
    const folder = await temporaryFolder();
    await writePrices(folder, "20250905", [{ at: 0, block: 1, prices: { 1: 1 } }]);
    await cp(join(folder, "prices"), join(folder, "emissions_v2"), { recursive: true });
    expect(await refusalOf(() => imported(folder))).toMatchObject({
      code: "TEN-IMPORT-028",
      found: "20250905",
      allowed: expect.stringContaining("prices/emissions_v2_20250905.json"),
    });
  });

  it("refuses a subnet that is in a composition twice", async () => {
    const folder = await temporaryFolder();
    const value = index([0.25, 0.75]);
    value.tao20_constituents[0].netuid = value.tao20_constituents[1].netuid;
    await writeFile(join(folder, "tao20_20250914.json"), JSON.stringify(value));
    expect((await refusalOf(() => imported(folder))).code).toBe("TEN-IMPORT-008");
  });

  it("refuses folders with nothing to import, names without a date, and what is not JSON", async () => {
    const folder = await temporaryFolder();
    expect(await refusalOf(() => imported(folder))).toMatchObject({ code: "TEN-IMPORT-002", found: "an empty folder" });
    expect((await refusalOf(() => imported(join(folder, "none")))).code).toBe("TEN-IMPORT-001");
    await writeFile(join(folder, "tao20_20251345.json"), "{}");
    expect((await refusalOf(() => imported(folder))).code).toBe("TEN-IMPORT-007");
    const other = await temporaryFolder();
    await writeFile(join(other, "tao20_20250914.json"), "{ nothing");
    expect((await refusalOf(() => imported(other))).code).toBe("TEN-IMPORT-003");
  });

  it("stops when it is aborted and leaves nothing behind", async () => {
    const folder = await temporaryFolder();
    for (const date of ["20250905", "20250906"]) await writePrices(folder, date, [{ at: 0, block: 1, prices: { 1: 1 } }]);
    const aborter = new AbortController();
    const onProgress = () => aborter.abort(new Error("stopped"));
    await expect(importTao20(folder, { out: join(folder, "out"), onProgress, signal: aborter.signal })).rejects.toThrow("stopped");
    expect(await readdir(folder)).toEqual(["prices"]);
  });

  const shared = sharedData("tao20");

  it.skipIf(shared === undefined)("takes the recorded month, the same bytes each time", async () => {
    const folder = await temporaryFolder();
    const { manifest } = await importTao20(shared ?? "", { out: join(folder, "a") });
    expect(manifest.figures).toMatchObject({
      price: { samples: 21_600, observations: 2_764_800, subnets: 128, times_from_block_number: 2, missing_days: [], short_days: [] },
      emission_rate: { snapshots: 44 },
      index_weights: { compositions: 2, constituents: 40, weights_not_summing_to_one: [] },
    });
    await importTao20(shared ?? "", { out: join(folder, "b") });
    expect(await contentsOf(join(folder, "b"))).toEqual(await contentsOf(join(folder, "a")));
    const { streams } = await openRecording(join(folder, "a"), { kinds: ["index_weights"] });
    expect((await readRows(streams[0]))[0].slice(1)).toEqual([64, 1, 0.09846606, 0.15490265080834242]);
  });
});
