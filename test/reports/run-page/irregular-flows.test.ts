import { expect, it } from "vitest";
import { readRejectedWithdrawals, readUnexplainedFlows } from "../../../reports/run-page/irregular-flows.js";
import { readSlashes } from "../../../reports/run-page/slashing-timeline.js";
import { timeGrid } from "../../../reports/run-page/time-grid.js";
import { tableSource } from "../table-source.js";

const DAY_MS = 86_400_000;
const grid = timeGrid(0, 3 * DAY_MS - 1, 3);

it("rejections are counted by cause and span, with what was asked for beyond what there was", async () => {
  const run = tableSource({
    rejections: [
      { time_ms: 1, position: 4, cause: "shortfall", requested_rao: 30, held_rao: 10 },
      { time_ms: 2 * DAY_MS, position: 4, cause: "nothing_held", requested_rao: 7, held_rao: 0 },
      { time_ms: 2 * DAY_MS + 5, position: 5, cause: "shortfall", requested_rao: 9, held_rao: 8 },
    ],
  });
  expect(await readRejectedWithdrawals(run, grid)).toEqual({
    grid,
    kinds: [
      { kind: "nothing_held", counts: [0, 0, 1], count: 1, amount_rao: 7n, positions: 1 },
      { kind: "shortfall", counts: [1, 0, 1], count: 2, amount_rao: 21n, positions: 2 },
    ],
    largest: [
      { time_ms: 1, position: 4, kind: "shortfall", amount_rao: 20 },
      { time_ms: 2 * DAY_MS, position: 4, kind: "nothing_held", amount_rao: 7 },
      { time_ms: 2 * DAY_MS + 5, position: 5, kind: "shortfall", amount_rao: 1 },
    ],
  });
  expect(await readUnexplainedFlows(run, grid)).toBeNull();
});

it("what nothing explains leaves out the openings that a recording begins with", async () => {
  const rows = Array.from({ length: 20 }, (_, at) => ({ time_ms: at, position: at, kind: "unexplained", amount_rao: 100 - at }));
  const run = tableSource({ unexplained: [{ time_ms: 0, position: 1, kind: "opening", amount_rao: 1e9 }, ...rows] });
  const found = await readUnexplainedFlows(run, grid);
  expect(found?.kinds).toEqual([{ kind: "unexplained", counts: [20, 0, 0], count: 20, amount_rao: 1810n, positions: 20 }]);
  expect(found?.largest.map(({ amount_rao }) => amount_rao)).toEqual(rows.slice(0, 15).map(({ amount_rao }) => amount_rao));
  expect(await readUnexplainedFlows(tableSource({ unexplained: [{ kind: "opening" }] }), grid)).toBeNull();
});

it("a slash that was held back and then settled is one, as it ended", async () => {
  const slash = { slash: 0, time_ms: 5, validator: 2, severity: "severe", cause: "deviation", amount_rao: 10 };
  const run = tableSource({
    participants: [{ participant: 2, name: "keeper" }],
    slashes: [
      { ...slash, taken_rao: 0, state: "held" },
      { ...slash, slash: 1, time_ms: 6, validator: 3, taken_rao: 10, state: "taken" },
      { ...slash, taken_rao: 0, state: "overturned" },
    ],
  });
  expect((await readSlashes(run)).map(({ validator, state, taken_rao }) => [validator, state, taken_rao])).toEqual([
    ["keeper", "overturned", 0],
    ["validator 3", "taken", 10],
  ]);
});
