import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AddressBook } from "../../../engine/index.js";
import { openRun } from "../../../recorders/results/open-run.js";
import { composeRecordedIndex } from "../../../recorders/run/recorded-composition.js";
import { runScenario } from "../../../recorders/run/run.js";
import { writeRecording } from "../../../recorders/streams/index.js";
import { parseScenario } from "../../../scenarios/index.js";
import { useFolders } from "../results/sample-batches.js";
import { chunkOf } from "./small-run.js";

const folder = useFolders();
const DAY = 86_400_000;
const MINUTE = 60_000;
const START_DAY = 20_362; // 2025-10-01
const start = START_DAY * DAY;
const NETUIDS = [3, 8, 64];

/** 14 snapshots before the start and those of the run's days, each at half past midnight; prices of the first hours of each day. */
async function writeIndexRecording(out: string): Promise<void> {
  const rates = Array.from({ length: 17 }, (_, i) => i - 14).flatMap((day) =>
    NETUIDS.map((netuid, at) => ({
      time_ms: start + day * DAY + 30 * MINUTE,
      netuid,
      emission_rate: 0.01 * (at + 2) + (netuid === 8 ? 0.004 * (day + 14) : 0.0007 * ((day * day) % 7)),
    })),
  );
  const prices = [0, 1, 2].flatMap((day) =>
    Array.from({ length: 60 }, (_, sample) =>
      NETUIDS.map((netuid, at) => ({
        time_ms: start + day * DAY + 2 * sample * MINUTE,
        netuid,
        price_tao_per_alpha: 0.02 * (at + 1) + 0.00001 * sample,
      })),
    ).flat(),
  );
  await writeRecording({ out, inputs: [], book: new AddressBook() }, async (recording) => {
    await (await recording.stream("price")).write(chunkOf("price", prices));
    await (await recording.stream("emission_rate")).write(chunkOf("emission_rate", rates));
    return {
      source: { importer: "test", inputs: [], options: {}, netuids: NETUIDS, chain: null },
      coverage: "subnet",
      figures: {},
      notes: [],
    };
  });
}

async function compositions(dir: string, rebalancing: string): Promise<{ byDay: Map<number, Map<number, number>>; warnings: string[] }> {
  const scenario = parseScenario(
    `
name: history
time: { start: 2025-10-01, end: 2025-10-03T03:00:00Z }
streams:
  - recorded: tao
index:
  epoch: 1 h
  fund: { constituents: 2, averaging_days: 14, rebalance_every_days: 2 }
  founding: { supply: 30000, source: computed }
  rebalancing: ${rebalancing}
  market: { kind: pool, tao_reserve: 5000 }
  participants: [{ name: desk, tao: 1000 }]
  validators: [{ name: keeper, count: 3, stake: 2000 }]
record: { tables: all }
`,
    "history.yaml",
  );
  const { manifest } = await runScenario(scenario, { out: join(dir, rebalancing), data: dir, duckdb: false });
  const byDay = new Map<number, Map<number, number>>();
  for await (const { rows, columns } of (await openRun(join(dir, rebalancing))).readTable("rebalances")) {
    for (let row = 0; row < rows; row++) {
      const [time, netuid, weight] = [0, 1, 2].map((column) => Number(columns[column][row]));
      if (weight === 0) continue;
      const day = Math.floor(time / DAY);
      byDay.set(day, (byDay.get(day) ?? new Map<number, number>()).set(netuid, weight));
    }
  }
  expect(manifest.summary.first_ms).toBe(start);
  return { byDay, warnings: manifest.summary.warnings };
}

describe("a composition of a run", () => {
  it("rests on the whole window that is recorded, what lies before the start included, as `tenure index` says", async () => {
    const dir = await folder();
    await writeIndexRecording(join(dir, "tao"));
    const expected = async (day: number) => {
      const { composition } = await composeRecordedIndex(join(dir, "tao"), { day, constituents: 2, averagingDays: 14 });
      expect(composition.missingDays).toEqual([]);
      return new Map([...composition.constituents].sort((a, b) => a.netuid - b.netuid).map(({ netuid, weight }) => [netuid, weight]));
    };
    const { byDay, warnings } = await compositions(dir, "computed");
    expect([...byDay.keys()]).toEqual([START_DAY, START_DAY + 2]);
    for (const [day, weights] of byDay) expect(weights).toEqual(await expected(day));
    expect(warnings.join(" ")).not.toMatch(/emission rates|not read/);
    // The day's own snapshot is part of the mean: without it the weights would be others.
    const before = await composeRecordedIndex(join(dir, "tao"), { day: START_DAY - 1, constituents: 2, averagingDays: 14 });
    expect(byDay.get(START_DAY)?.get(8)).not.toBe(before.composition.constituents.find(({ netuid }) => netuid === 8)?.weight);
  });
});
