import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calendarDate } from "../../../engine/kernel/calendar.js";
import { type Composition, EmissionSnapshots } from "../../../engine/market/composition.js";
import { refuseIndexWeights } from "../../../engine/market/index-weights.js";
import { sharedFolder } from "../../golden/project-root.js";

const DAY_MS = 86_400_000;
const TOP_2 = { constituents: 2, averagingDays: 3 };

describe("the composition", () => {
  it("is the largest mean rates of the window, the last day included, normalised", () => {
    const snapshots = new EmissionSnapshots();
    for (const [day, netuid, rate] of [
      [9, 3, 100],
      [10, 0, 50],
      [10, 1, 3],
      [10, 2, 1],
      [11, 1, 3],
      [11, 3, 2],
      [12, 2, 3],
      [12, 3, 1],
      [13, 3, 100],
    ]) {
      snapshots.take(day * DAY_MS + 5, netuid, rate);
    }
    const { constituents, missingDays } = snapshots.compose(12, TOP_2);
    expect(constituents).toEqual([
      { netuid: 1, rank: 1, meanEmissionRate: 2, weight: 0.6 },
      { netuid: 2, rank: 2, meanEmissionRate: 4 / 3, weight: 0.4 },
    ]);
    expect(missingDays).toEqual([]);
  });

  it("gives a tie to the lower netuid, and takes a day's later rate", () => {
    const snapshots = new EmissionSnapshots();
    for (const netuid of [9, 5, 7]) snapshots.take(DAY_MS, netuid, 2);
    snapshots.take(DAY_MS + 1, 9, 1);
    expect(snapshots.compose(1, { constituents: 2, averagingDays: 1 }).constituents.map(({ netuid }) => netuid)).toEqual([5, 7]);
  });

  it("names days without a snapshot, which change no weight", () => {
    const snapshots = new EmissionSnapshots();
    snapshots.take(12 * DAY_MS, 1, 3);
    snapshots.take(12 * DAY_MS, 2, 1);
    const { constituents, missingDays } = snapshots.compose(12, TOP_2);
    expect(missingDays).toEqual([10, 11]);
    expect(constituents.map(({ weight, meanEmissionRate }) => [weight, meanEmissionRate])).toEqual([
      [0.75, 1],
      [0.25, 1 / 3],
    ]);
    expect(snapshots.has(12)).toBe(true);
    expect(snapshots.has(11)).toBe(false);
  });

  it("refuses too few subnets, an empty window and a rate that is none", () => {
    const snapshots = new EmissionSnapshots();
    snapshots.take(20_345 * DAY_MS, 1, 1);
    snapshots.take(20_345 * DAY_MS, 2, 0);
    snapshots.take(20_345 * DAY_MS, 0, 1);
    expect(() => snapshots.compose(20_345, TOP_2)).toThrow(/TEN-MARKET-106.*2025-09-14.*Found 1\. Allowed: 2 or more/s);
    expect(() => snapshots.compose(20_300, TOP_2)).toThrow(/TEN-MARKET-105.*"nothing from 2025-07-29 to 2025-07-31"/s);
    for (const rate of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => snapshots.take(0, 1, rate)).toThrow("TEN-MARKET-104");
  });
});

describe("weights no fund can follow", () => {
  it.each<[string, { netuid: number; weight: number }[]]>([
    ["TEN-MARKET-107", []],
    ["TEN-MARKET-108: index.weights[0].netuid", [{ netuid: 0, weight: 1 }]],
    ["TEN-MARKET-108", [{ netuid: 1.5, weight: 1 }]],
    [
      "TEN-MARKET-109: index.weights[1].weight",
      [
        { netuid: 1, weight: 1 },
        { netuid: 2, weight: 0 },
      ],
    ],
    ["TEN-MARKET-109", [{ netuid: 1, weight: Number.NaN }]],
    [
      "TEN-MARKET-110: index.weights[1].netuid",
      [
        { netuid: 1, weight: 0.5 },
        { netuid: 1, weight: 0.5 },
      ],
    ],
    ["TEN-MARKET-111", [{ netuid: 1, weight: 0.99 }]],
  ])("%s", (code, weights) => {
    expect(() => refuseIndexWeights(weights, "index.weights")).toThrow(code);
  });
});

const folder = join(sharedFolder(), "data", "tao20");
const present = existsSync(folder);
if (!present) console.warn(`PUBLISHED INDEX NOT COMPARED: there is no folder ${folder}; set TENURE_SHARED to the folder that holds data/.`);

describe.skipIf(!present)(`the published index of ${folder}`, () => {
  interface Published {
    readonly tao20_constituents: readonly { netuid: number; rank: number; weight: number; avg_emission_rate: number }[];
  }

  function readJson<T>(...path: string[]): T {
    return JSON.parse(readFileSync(join(folder, ...path), "utf8")) as T;
  }

  function compose(date: string): Composition {
    const snapshots = new EmissionSnapshots();
    const last = Date.parse(date) / DAY_MS;
    for (let day = last - 13; day <= last; day++) {
      const name = `emissions_${calendarDate(day).replaceAll("-", "")}.json`;
      if (!existsSync(join(folder, "emissions", name))) continue;
      const { emissions } = readJson<{ emissions: Record<string, number> }>("emissions", name);
      for (const [netuid, rate] of Object.entries(emissions)) snapshots.take(day * DAY_MS, Number(netuid), rate);
    }
    return snapshots.compose(last, { constituents: 20, averagingDays: 14 });
  }

  it("of 2025-10-12 is reproduced", () => {
    const { tao20_constituents: published } = readJson<Published>("tao20_20251012.json");
    const { constituents, missingDays } = compose("2025-10-12");
    expect(missingDays).toEqual([]);
    expect(constituents.map(({ netuid }) => netuid)).toEqual(published.map(({ netuid }) => netuid));
    constituents.forEach(({ rank, weight, meanEmissionRate }, index) => {
      expect(rank).toBe(published[index].rank);
      expect(Math.abs(weight - published[index].weight)).toBeLessThanOrEqual(1e-12);
      expect(Math.abs(meanEmissionRate - published[index].avg_emission_rate)).toBeLessThanOrEqual(1e-12);
    });
  });

  it("of 2025-09-14 is reproduced as far as the one day there is allows", () => {
    const { tao20_constituents: published } = readJson<Published>("tao20_20250914.json");
    const { constituents, missingDays } = compose("2025-09-14");
    expect(missingDays.map(calendarDate)).toEqual(Array.from({ length: 13 }, (_, i) => `2025-09-${String(i + 1).padStart(2, "0")}`));
    const weights = new Map(constituents.map(({ netuid, weight }) => [netuid, weight]));
    expect([...weights.keys()].sort((a, b) => a - b)).toEqual(published.map(({ netuid }) => netuid).sort((a, b) => a - b));
    for (const { netuid, weight } of published) expect(Math.abs((weights.get(netuid) ?? 0) - weight)).toBeLessThan(1e-3);
  });
});
