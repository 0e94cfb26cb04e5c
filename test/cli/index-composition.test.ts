import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../cli/command-line.js";
import { importTao20 } from "../../recorders/index.js";
import { writeRows } from "../recorders/streams/recordings.js";
import { sharedData, useTemporaryFolders } from "../recorders/temporary-folder.js";
import { capturedTerminal, interruption } from "./captured-terminal.js";

const temporaryFolder = useTemporaryFolders();
const dayMs = (date: string) => Date.parse(`${date}T00:00:00Z`);

async function index(...args: string[]) {
  const terminal = capturedTerminal();
  const code = await runCommandLine(["index", ...args], terminal, interruption());
  return { code, out: terminal.out, err: terminal.err };
}

/** Three snapshots in five days, of three subnets and the root, and a published index. */
async function recording(): Promise<string> {
  const folder = join(await temporaryFolder(), "made");
  await writeRows(folder, {
    emission_rate: [
      ...[0, 1, 2, 3].map((netuid) => [dayMs("2025-01-01") + 7, -1, netuid, [9, 4, 1, 0.5][netuid]]),
      ...[1, 2].map((netuid) => [dayMs("2025-01-04") + 7, -1, netuid, 1]),
      ...[1, 2].map((netuid) => [dayMs("2025-01-05") + 7, -1, netuid, netuid]),
    ],
    index_weights: [
      [dayMs("2025-01-05") + 9, 1, 1, 0.1, 0.6],
      [dayMs("2025-01-05") + 9, 3, 2, 0.1, 0.4],
    ],
  });
  return folder;
}

describe("tenure index", () => {
  it("composes the index of a day, says what is missing and how it differs from the published one", async () => {
    const { code, out, err } = await index(await recording(), "--date", "2025-01-05", "--size", "2", "--days", "5");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Index of 2025-01-05");
    expect(out).toMatch(/1 +1 +60\.00 % +1\.2 +60\.00 %/);
    expect(out).toMatch(/2 +2 +40\.00 % +0\.8 +-/);
    expect(out).toContain("Missing days: 2025-01-02 to 2025-01-03. The weights rest on 3 of 5 days.");
    expect(out).toContain("weights differ by up to 0.400 (subnet 2). Published and not in this one: 3.");
  });

  it("prints rows as JSON", async () => {
    const { out } = await index(await recording(), "--date", "2025-01-01", "--size", "3", "--days", "2", "--json");
    const rest = { published_weight: null, missing_days: ["2024-12-31"] };
    expect(JSON.parse(out)).toEqual([
      { netuid: 1, weight: 4 / 5.5, rank: 1, mean_emission_rate: 2, ...rest },
      { netuid: 2, weight: 1 / 5.5, rank: 2, mean_emission_rate: 0.5, ...rest },
      { netuid: 3, weight: 0.5 / 5.5, rank: 3, mean_emission_rate: 0.25, ...rest },
    ]);
  });

  it("says so where nothing was published that day", async () => {
    const { out } = await index(await recording(), "--date", "2025-01-04", "--size", "1", "--days", "1");
    expect(out).toContain("All 1 days of the window are recorded.");
    expect(out).toContain("The recording holds no index published on 2025-01-04.");
  });

  it("refuses too few subnets, days without snapshots, recordings without rates, and days that are none", async () => {
    const folder = await recording();
    expect(await index(folder, "--date", "2025-01-05")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("TEN-MARKET-106") });
    expect(await index(folder, "--date", "2026-01-05")).toMatchObject({ code: 2, err: expect.stringContaining("TEN-MARKET-105") });
    const prices = join(await temporaryFolder(), "prices");
    await writeRows(prices, { price: [[1000, 10, 1, 0.5]] });
    expect(await index(prices, "--date", "2025-01-05")).toMatchObject({ code: 2, err: expect.stringContaining("TEN-RUN-005") });
    for (const date of ["2025-02-29", "20250105", "yesterday"]) {
      expect(await index(folder, "--date", date)).toMatchObject({ code: 2, err: expect.stringContaining("a day such as 2025-10-12") });
    }
    expect(await index(folder)).toMatchObject({ code: 2, err: expect.stringContaining("--date") });
    expect(await index(folder, "--date", "2025-01-05", "--size", "0")).toMatchObject({
      code: 2,
      err: expect.stringContaining("from 1 to"),
    });
  });
});

const shared = sharedData("tao20");

describe.skipIf(shared === undefined)("tenure index on the recorded TAO20 data", () => {
  it("equals what was published on 2025-10-12 to 1e-12, and says which days 2025-09-14 lacks", async () => {
    const source = shared as string;
    const out = join(await temporaryFolder(), "tao20");
    await importTao20(source, { out });
    const published = JSON.parse(readFileSync(join(source, "tao20_20251012.json"), "utf8")).tao20_constituents as {
      netuid: number;
      weight: number;
    }[];
    const rows = JSON.parse((await index(out, "--date", "2025-10-12", "--json")).out) as { netuid: number; weight: number }[];
    expect(rows.map(({ netuid }) => netuid)).toEqual(published.map(({ netuid }) => netuid));
    for (const [at, { weight }] of rows.entries()) expect(Math.abs(weight - published[at].weight)).toBeLessThanOrEqual(1e-12);
    expect((await index(out, "--date", "2025-10-12")).out).toContain("Equals the index published that day");
    expect((await index(out, "--date", "2025-09-14")).out).toContain("Missing days: 2025-09-01 to 2025-09-13.");
  });
});
