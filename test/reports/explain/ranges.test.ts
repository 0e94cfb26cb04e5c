import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenRun, openRun } from "../../../recorders/index.js";
import { explainRun } from "../../../reports/explain/run-explanation.js";
import { epochRanges } from "../../../reports/explain/whole-run/epoch-ranges.js";
import { type OwnEvent, OwnEvents } from "../../../reports/explain/whole-run/own-events.js";
import { seriesOf, WOULD_BE, wouldBeAt } from "../../../reports/explain/whole-run/range-series.js";
import { RunColumns } from "../../../reports/explain/whole-run/run-columns.js";
import { stageMover } from "../../../reports/explain/whole-run/stage-causes.js";
import type { ParticipantRow, ScoreRow, TradeRow } from "../../../reports/index-subnet/index-rows.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import type { RunRules } from "../../../reports/rules.js";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-ranges-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runOf(scenario: string, name: string, ...sets: readonly string[]): Promise<OpenRun> {
  const out = join(folder, name);
  const all = ["record.tables=all", ...sets].flatMap((set) => ["--set", set]);
  const { code, err } = await runInProcess(["run", scenario, ...all, "--no-duckdb", "--quiet", "--out", out]);
  expect([code, err]).toEqual([0, ""]);
  return openRun(out);
}

it("of a participant of an index subnet are where its tier, rank or part of the base pool moved, with what it did", async () => {
  const run = await runOf("tao20-crash", "index", "time.days=1");
  const participants = await readTableRows<ParticipantRow>(run, "participants");
  const scores = await readTableRows<ScoreRow>(run, "scores");
  const trades = (await readTableRows<TradeRow>(run, "trades")).filter(({ refusal }) => refusal === "none");
  let changes = 0;
  for (const { participant, position, kind } of participants) {
    if (kind !== "participant") continue;
    const own = scores.filter((row) => row.participant === participant);
    const { ranges } = await explainRun(run, position);
    expect([ranges[0].from_epoch, ranges.at(-1)?.to_epoch]).toEqual([1, 24]);
    for (const [at, range] of ranges.entries()) if (at > 0) expect(range.from_epoch).toBe(ranges[at - 1].to_epoch + 1);
    const moved = own.flatMap(({ tier, epoch }, at) => (at > 0 && tier !== own[at - 1].tier ? [epoch] : []));
    const told = ranges.filter(({ term, change }) => term === "tier" && change !== "first" && change !== "same");
    expect(told.map(({ from_epoch }) => from_epoch)).toEqual(moved);
    changes += moved.length;
    for (const { from_epoch: from, before, after, event, events, words } of told) {
      const [now, then] = [own[from - 1], own[from - 2]];
      expect([before, after]).toEqual([then.tier || "none", now.tier || "none"]);
      expect(words).toMatch(new RegExp(`^${now.rank === 0 ? "not ranked" : `rank ${now.rank}`} after ${then.rank || "none"}: `));
      if (now.rank === 0) expect(words).toMatch(/is below min_volume$|anti-gaming excludes it$/);
      const done = trades.filter((row) => row.participant === participant && row.epoch === from).map(({ value_rao }) => value_rao);
      if (!event?.event.startsWith("flag")) expect(event?.amount_rao ?? 0).toBe(Math.max(0, ...done));
      expect(events).toBeGreaterThanOrEqual(done.length);
    }
  }
  expect(changes).toBeGreaterThan(5);
});

it("of a replayed position are of its would-be multiplier, which moves no pay", async () => {
  const run = await runOf("demo", "replay", "time.days=2", "emission.mode=replay");
  const told = await explainRun(run, 5);
  expect(told.multiplier_effect).toBe("replay");
  expect(told.parts.map(({ term }) => term)).toEqual(["base_weight"]);
  expect(new Set(told.ranges.map(({ term }) => term))).toEqual(new Set(["shadow_multiplier"]));
  expect(told.would_be_multiplier).toBe(told.ranges.at(-1)?.after);
  expect(told.would_be_multiplier).toBeGreaterThan(1);
  const applied = await explainRun(await runOf("demo", "applied", "time.days=2"), 5);
  expect(applied).toMatchObject({ multiplier_effect: "applied", would_be_multiplier: null });
});

it("of who shares no pot go by what its holding was measured at", () => {
  const epochs = [1, 2, 3].map((epoch) => ({
    ...{ netuid: 1, epoch, start_ms: epoch - 1, end_ms: epoch, recorded_rao: 0, paid_rao: 0, unallocated_rao: 0, outside_rao: 0 },
  }));
  const columns = new RunColumns(epochs);
  columns.measured.set([Number.NaN, Number.NaN, 1.2, 1.1]);
  const rules = { stages: null, stagesStated: 0, beforeRule: "recorded", emission: { mode: "replay" }, vesting: { mode: "on" } };
  const series = seriesOf(columns, rules as unknown as RunRules, new OwnEvents([]));
  const isThere = (epoch: number) => !Number.isNaN(wouldBeAt(columns, epoch));
  const ranges = epochRanges({ columns, series, events: new OwnEvents([]), isPayKnown: true, movesPay: false, isThere });
  expect(ranges.map(({ term, change, before, after, words }) => [term, change, before, after, words])).toEqual([
    ["none", "none", null, null, "no weight among the miners"],
    [WOULD_BE, "first", null, 1.2, "first epoch in which it was measured"],
    [WOULD_BE, "down", 1.2, 1.1, "what it holds is younger, or less of it counts"],
  ]);
});

it("of a stage name what it goes by, and an event only where that moves it", () => {
  const sale: OwnEvent = { time_ms: 1, event: "withdraw", amount_rao: 5, tranches: 1 };
  const row = { before: Float64Array.of(0.5, 0.4), factor: Float64Array.of(1, 1), after: Float64Array.of(0.5, 0.4) };
  const told = (stage: "gate" | "selling_penalty" | "curve", parameters: object, change: "up" | "down") =>
    stageMover({ stage, parameters }, row, new OwnEvents([sale]), null).cause?.({
      before: 0,
      from: 1,
      to: 1,
      change,
      startMs: 0,
      endMs: 2,
    });
  const gate = { atLeast: 10, unit: "alpha", below: "zero" };
  const none = { event: null, events: 0 };
  expect(told("gate", { ...gate, by: "collateral" }, "down")).toEqual({ words: "its collateral fell below 10", ...none });
  expect(told("gate", { ...gate, by: "age" }, "up")).toEqual({ words: "it has been registered for 10 days", ...none });
  expect(told("gate", { ...gate, by: "stake" }, "down")).toEqual({ words: "its stake fell below 10", event: sale, events: 1 });
  expect(told("selling_penalty", {}, "up")).toEqual({ words: "its penalty is over", ...none });
  expect(told("selling_penalty", {}, "down")).toMatchObject({ event: sale });
  expect(told("curve", {}, "down")).toEqual({ words: "its share before is 0.4 after 0.5", ...none });
});

it("have no weight where nobody has a base weight", () => {
  const columns = new RunColumns([]);
  expect(columns.hasWeight(0)).toBe(false);
  columns.weighed[0] = 1;
  expect(columns.hasWeight(0)).toBe(false);
  columns.base[0] = 0.1;
  expect(columns.hasWeight(0)).toBe(true);
});
