import { describe, expect, it } from "vitest";
import { loadScenario, parseScenario, type Scenario } from "../../../scenarios/index.js";
import { whyNotOpenLoop } from "../../../studies/open-loop/index.js";

const REPLAY = `name: replay
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 7, tempo: 720 }
streams: [{ synthetic: subnet, name: peers, miners: 4 }]
emission: replay
`;
const STAGES = `${REPLAY}stages: [{ burn: { share: 0.1 } }, { curve: { kind: geometric, ratio: 0.9 } }, { multiplier: { rule: geometric, max_multiplier: 2 } }]\n`;

const given = (text: string, ...sets: string[]): Scenario => parseScenario(text, "given.yaml", { sets });
const why = (...sets: string[]) => whyNotOpenLoop(given(REPLAY), given(REPLAY, ...sets));

describe("a trial can be computed from a tape", () => {
  it.each([
    ["vesting.retention_target=0.5"],
    ["vesting.max_multiplier=3"],
    ["vesting.retention_window_days=7"],
    ["vesting.rule=tiered", "vesting.tiers.amount=[{ at_least: 0.5, value: 1.2 }]"],
    ["vesting.minimum_stake=4", "vesting.minimum_stake_unit=tao", "vesting.below_minimum=zero"],
    ["vesting.mode=shadow"],
    ["vesting.mode=off"],
    ["vesting.redistribution=threshold"],
    ["name=another", "record.tables=all"],
  ])("where it changes only how weights become shares: %s", (...sets) => {
    expect(why(...sets)).toBeNull();
  });

  it("with another list of stages", () => {
    expect(whyNotOpenLoop(given(REPLAY), given(STAGES))).toBeNull();
    expect(whyNotOpenLoop(given(STAGES), given(STAGES, "stages.2.multiplier.max_multiplier=5"))).toBeNull();
  });
});

describe("a trial cannot be computed from a tape", () => {
  it.each([
    ["seed=2", "seed"],
    ["replicate=3", "replicate"],
    ["time.days=1", "time.end"],
    ["epochs=tempo", "epochs"],
    ["subnet.tempo=360", "subnets"],
    ["subnet.capacity=8", "subnets"],
    ["streams.0.miners=5", "streams"],
    ["ledger.withdrawal_order=fifo", "ledger.withdrawal_order"],
    ["ledger.equal_times=earlier_first", "ledger.equal_times"],
    ["ledger.moves=strict", "ledger.moves"],
    ["ledger.on_invalid=stop", "ledger.on_invalid"],
    ["vesting.start=2025-01-02", "vesting.start"],
    ["vesting.retention_basis=all_stake", "vesting.retention_basis"],
    ["vesting.retention_scope=window", "vesting.retention_scope"],
    ["vesting.rounding=whole_days", "vesting.rounding"],
    ["vesting.key_scope=coldkey_even", "vesting.key_scope"],
    ["emission=redistribute", "emission.mode"],
    ["emission.outside=true", "emission.outside"],
    ["emission.recorded_rule={ max_multiplier: 2 }", "emission.recorded_rule"],
    ["schedules={ duration_days: 5, interval_days: 1 }", "schedules"],
    ["snapshots=force", "snapshots"],
  ])("where it changes what is held or when epochs end: %s", (set, path) => {
    expect(why(set)).toMatch(new RegExp(`^${path}(\\.\\w+)* decides what is held, or when epochs end$`));
  });

  it("where the window is one of what is measured", () => {
    for (const [set, reason] of [
      ["vesting.retention_scope=window", /is the window of retention_scope: window/],
      ["vesting.rounding=whole_days", /rounding: whole_days stops to count/],
    ] as const) {
      expect(whyNotOpenLoop(given(REPLAY, set), given(REPLAY, set, "vesting.retention_window_days=7"))).toMatch(reason);
      expect(whyNotOpenLoop(given(REPLAY, set), given(REPLAY, set, "vesting.retention_target=0.4"))).toBeNull();
    }
  });

  it("where a recorded rule takes its minimum over from the one that is tried", () => {
    const recorded = "emission.recorded_rule={ max_multiplier: 2 }";
    const base = given(REPLAY, recorded);
    expect(whyNotOpenLoop(base, given(REPLAY, recorded, "vesting.max_multiplier=3"))).toBeNull();
    expect(whyNotOpenLoop(base, given(REPLAY, recorded, "vesting.minimum_stake=3"))).toMatch(/emission.recorded_rule takes over/);
    const whole = "emission.recorded_rule={ max_multiplier: 2, minimum_stake: 1 }";
    expect(whyNotOpenLoop(given(REPLAY, whole), given(REPLAY, whole, "vesting.minimum_stake=3"))).toBeNull();
  });

  it("where pay answers to the rule", () => {
    const redistributed = given(REPLAY, "emission=redistribute");
    expect(whyNotOpenLoop(redistributed, redistributed)).toMatch(/^emission: redistribute pays by the rule/);
    for (const [name, reason] of [
      ["vesting-mixed", /emission: redistribute|closed_loop/],
      ["handed-over", /emission: redistribute|handed_over/],
      ["tao20-crash", /index subnet|emission: redistribute/],
    ] as const) {
      const base = loadScenario(name);
      expect(whyNotOpenLoop(base, base)).toMatch(reason);
    }
    const index = loadScenario("tao20-crash", { sets: ["emission=replay"] });
    expect(whyNotOpenLoop(index, index)).toMatch(/index subnet/);
  });

  it("where a rule is one of a file", () => {
    const base = given(REPLAY);
    const own = given(REPLAY, "vesting.rule=./own.ts");
    expect(whyNotOpenLoop(base, own)).toMatch(/a rule comes from a file/);
    expect(whyNotOpenLoop(own, own)).toMatch(/a rule comes from a file/);
  });

  it("where a key is one that nobody knows to be harmless", () => {
    const base = given(REPLAY);
    const later = { ...base, resolved: { ...base.resolved, vesting: { ...base.resolved.vesting, half_life_days: 3 } } };
    expect(whyNotOpenLoop(base, later)).toBe("vesting.half_life_days decides what is held, or when epochs end");
  });
});
