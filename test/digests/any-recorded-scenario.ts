import fc from "fast-check";
import { NET_START } from "./net-recordings.js";

const DAY_MS = 86_400_000;
const instant = fc.integer({ min: -DAY_MS, max: 4 * DAY_MS }).map((ms) => Date.parse(NET_START) + ms);

const rule = {
  rule: fc.constantFrom("geometric", "tiered", "linear_retention"),
  retention_target: fc.double({ min: 0.01, max: 1, noNaN: true }),
  retention_window_days: fc.double({ min: 0.1, max: 5, noNaN: true }),
  max_multiplier: fc.double({ min: 1, max: 10, noNaN: true }),
};
const measures = {
  minimum_stake: fc.constantFrom(0, 0.3, 5, 50),
  minimum_stake_unit: fc.constantFrom("alpha", "tao"),
  retention_basis: fc.constantFrom("emissions", "all_stake"),
  retention_scope: fc.constantFrom("lifetime", "window"),
  rounding: fc.constantFrom("exact", "whole_days"),
  key_scope: fc.constantFrom("hotkey", "coldkey_even"),
};

/** Replays of the made-up recordings, with every setting of ledger, rule and emission. */
export const anyRecordedScenario = fc.record(
  {
    name: fc.constant("any"),
    time: fc.oneof(
      fc.constant({}),
      fc.tuple(instant, instant).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 })),
    ),
    subnet: fc.record({ netuid: fc.constant(7), tempo: fc.integer({ min: 30, max: 720 }), capacity: fc.constant(16) }),
    streams: fc.constantFrom(
      [{ recorded: "whole" }],
      [{ recorded: "seen" }],
      [{ recorded: "grown" }],
      [{ recorded: "paid" }, { recorded: "moved" }],
      [{ recorded: "moved" }, { recorded: "paid" }],
      [{ recorded: "seen", kinds: ["emission", "stake", "weights"] }],
      [{ recorded: "seen", kinds: ["emission", "metagraph"] }],
    ),
    epochs: fc.constantFrom("emission", "tempo"),
    ledger: fc.record({
      withdrawal_order: fc.constantFrom("filo", "fifo", "manual_first", "emission_first", "pro_rata"),
      equal_times: fc.constantFrom("later_first", "earlier_first"),
      moves: fc.constantFrom("neutral_within_subnet", "strict"),
      pair_moves: fc.boolean(),
      on_invalid: fc.constantFrom("record", "clamp", "clamp"),
      owner_groups: fc.constantFrom([], [["cold-0", "cold-2"]]),
    }),
    vesting: fc.record({
      mode: fc.constantFrom("on", "on", "shadow", "off"),
      start: fc.oneof(fc.constant(null), instant),
      ...rule,
      ...measures,
      below_minimum: fc.constantFrom("no_bonus", "zero"),
      redistribution: fc.constantFrom("proportional", "threshold"),
    }),
    emission: fc.record({
      mode: fc.constantFrom("replay", "redistribute"),
      withdrawals: fc.constantFrom("same_tranches", "proportional", "absolute"),
      recorded_rule: fc.oneof(
        { weight: 2, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.record({ ...rule, ...measures }, { requiredKeys: [] }) },
      ),
    }),
    schedules: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.record({ duration_days: fc.double({ min: 0.01, max: 3, noNaN: true }), interval_days: fc.constantFrom(0.1, 1) }),
      },
    ),
    record: fc.record({ tables: fc.constant("all"), every_epochs: fc.integer({ min: 1, max: 3 }) }),
  },
  { requiredKeys: ["name", "subnet", "streams"] },
);
