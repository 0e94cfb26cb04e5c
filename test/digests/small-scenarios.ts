import { NET_START } from "./net-recordings.js";

type Settings = Readonly<Record<string, unknown>>;

/** A scenario of a few miners, as it would stand in a file (JSON is YAML). */
export interface SmallScenario {
  readonly name: string;
  readonly scenario: Settings;
}

const synthetic = {
  synthetic: "subnet",
  miners: 6,
  coldkeys: 3,
  adds_per_day: 3,
  removes_per_day: 3,
  remove_size_alpha: { from: 0.1, to: 200 },
  sweep_every_days: { from: 0.5, to: 3 },
};
const made = (settings: Settings): Settings => ({
  seed: 3,
  time: { start: NET_START, days: 5 },
  subnet: { netuid: 7, tempo: 360, capacity: 16 },
  streams: [synthetic],
  ...settings,
});
const recorded = (names: readonly (string | Settings)[], settings: Settings = {}): Settings => ({
  subnet: { netuid: 7, capacity: 16 },
  streams: names.map((name) => (typeof name === "string" ? { recorded: name } : name)),
  ...settings,
});
const whole = (settings: Settings = {}) => recorded(["whole"], settings);
const redistribute = (settings: Settings = {}) => ({ emission: { mode: "redistribute", ...settings } });
const tiered = {
  rule: "tiered",
  tiers: {
    amount: [
      { at_least: 0.3, value: 1.1 },
      { at_least: 0.7, value: 1.4 },
    ],
    time: [{ at_least: 1, value: 1.25 }],
  },
};

const index = (settings: Settings = {}, market: Settings = {}): Settings => ({
  seed: 5,
  time: { start: NET_START, days: 2 },
  streams: [
    {
      synthetic: "prices",
      subnets: 4,
      sample_every: "10 min",
      shocks: [{ from: "2025-01-02T06:00:00Z", duration: "1 h", factor: 0.5 }],
      gaps: [{ from: "2025-01-02T12:00:00Z", duration: "30 min", netuids: [1] }],
    },
  ],
  index: {
    netuid: 9,
    epoch: "1 h",
    fund: { constituents: 3, mint_fee: 0.002, redeem_fee: 0.003, management_fee_per_year: 0.02, stale_after: "15 min" },
    founding: { supply: 20_000, source: "given", weights: [0.5, 0.3, 0.2].map((weight, i) => ({ netuid: i + 1, weight })) },
    rebalancing: "founding_weights",
    market: {
      kind: "pool",
      tao_reserve: 3_000,
      fee: 0.003,
      noise_traders: {
        count: 8,
        tao: { from: 20, to: 100 },
        tokens: { from: 20, to: 100 },
        trade_probability: 0.2,
        mean_size: 6,
        max_size: 40,
      },
      ...market,
    },
    participants: [
      { name: "small", count: 3, tao: { from: 20, to: 100 }, transaction_cost: 0.005, max_transaction_size: 10, neutral_probability: 0.2 },
      { name: "desk", count: 2, owner: "house", tao: 1_000, tokens: 20, sizing: "best", max_transaction_size: 25, withdrawn_share: 0.5 },
    ],
    validators: [
      { name: "keeper", count: 4, stake: { from: 4_000, to: 9_000 } },
      { name: "blurred", stake: 2_000, behaviour: "noisy" },
      { name: "copycat", stake: 2_000, behaviour: "lazy_copier" },
      { name: "laggard", stake: 2_000, behaviour: { kind: "stale", lag_epochs: 2 } },
      { name: "forger", stake: 3_000, behaviour: { kind: "falsifier", nav_error: 0.05, falsified_share: 0.3 } },
    ],
    ...settings,
  },
});

const SCENARIOS: Readonly<Record<string, Settings>> = {
  "made-replay": made({ emission: "replay" }),
  "made-redistribute": made(redistribute()),
  "made-tempo": made({ epochs: "tempo", ...redistribute({ withdrawals: "absolute" }) }),
  "made-tempo-replay": made({ epochs: "tempo", emission: "replay" }),
  "made-tempo-37": made({ epochs: "tempo", subnet: { netuid: 7, tempo: 37, capacity: 16 }, ...redistribute() }),
  "made-without-registry": made({ streams: [{ ...synthetic, registry: false }], ...redistribute() }),
  "made-absolute": made(redistribute({ withdrawals: "absolute" })),
  "made-proportional": made(redistribute({ withdrawals: "proportional" })),
  "made-coldkey-even": made({ vesting: { key_scope: "coldkey_even" }, ...redistribute() }),
  "made-window": made({ vesting: { retention_scope: "window", retention_window_days: 1.5 }, ...redistribute() }),
  "made-window-even": made({
    vesting: { retention_scope: "window", retention_window_days: 2, key_scope: "coldkey_even", rounding: "whole_days" },
    ...redistribute(),
  }),
  "made-all-stake": made({ vesting: { retention_basis: "all_stake" }, ...redistribute() }),
  "made-whole-days": made({ vesting: { rounding: "whole_days", ...tiered }, ...redistribute() }),
  "made-tiered": made({ vesting: tiered, ...redistribute() }),
  "made-linear-threshold": made({
    vesting: { rule: "linear_retention", redistribution: { threshold: { relative: 0.8, absolute: 0.05 } }, minimum_stake: 0 },
    ...redistribute(),
  }),
  "made-below-minimum-zero": made({ vesting: { minimum_stake: 40, below_minimum: "zero" }, ...redistribute() }),
  "made-shadow": made({ vesting: { mode: "shadow" }, ...redistribute() }),
  "made-off": made({ vesting: { mode: "off" }, ...redistribute() }),
  "made-vesting-start": made({ vesting: { start: "2025-01-02T12:00:00Z" }, ...redistribute() }),
  "made-schedules": made({ schedules: { duration_days: 2, interval_days: 0.25, min_vesting_amount: 0.05 }, emission: "replay" }),
  "made-schedules-redistribute": made({
    schedules: { duration_days: 1, interval_days: 0.1 },
    ...redistribute({ withdrawals: "proportional" }),
  }),
  "made-recorded-rule": made(redistribute({ recorded_rule: { rule: "geometric", max_multiplier: 3, retention_window_days: 2 } })),
  "made-outside": made({
    streams: [{ ...synthetic, coverage: "partial", miner_pot_alpha_per_block: 0.1 }],
    ...redistribute({ outside: true }),
  }),
  "made-every-third-epoch": made({ ...redistribute(), record: { tables: "all", every_epochs: 3 } }),
  "made-few-tables": made({ ...redistribute(), record: { tables: ["rewards", "flows"] } }),
  "made-two-populations": made({
    streams: [
      { ...synthetic, name: "one" },
      { ...synthetic, name: "two", first_uid: 6, miners: 4 },
    ],
    ...redistribute(),
  }),
  "made-seed-4": made({ seed: 4, replicate: 2, ...redistribute() }),
  "recorded-replay": whole(),
  "recorded-redistribute": whole(redistribute()),
  "recorded-tempo": whole({ epochs: "tempo", ...redistribute({ withdrawals: "proportional" }) }),
  "recorded-strict": whole({ ledger: { moves: "strict" } }),
  "recorded-strict-redistribute": whole({ ledger: { moves: "strict" }, ...redistribute({ withdrawals: "absolute" }) }),
  "recorded-pair-moves": whole({ ledger: { pair_moves: true }, ...redistribute() }),
  "recorded-fifo": whole({ ledger: { withdrawal_order: "fifo" }, ...redistribute() }),
  "recorded-manual-first": whole({ ledger: { withdrawal_order: "manual_first" }, ...redistribute({ withdrawals: "proportional" }) }),
  "recorded-emission-first": whole({ ledger: { withdrawal_order: "emission_first", equal_times: "earlier_first" } }),
  "recorded-pro-rata": whole({ ledger: { withdrawal_order: "pro_rata" }, ...redistribute({ withdrawals: "absolute" }) }),
  "recorded-refuses": whole({ ledger: { on_invalid: "record" }, ...redistribute() }),
  "recorded-owner-group": whole({ ledger: { owner_groups: [["cold-0", "cold-1"]] }, vesting: { key_scope: "coldkey_even" } }),
  "recorded-minimum-tao": whole({ vesting: { minimum_stake: 0.5, minimum_stake_unit: "tao", below_minimum: "zero" }, ...redistribute() }),
  "recorded-snapshots": recorded(["seen"], redistribute()),
  "recorded-weights-tempo": recorded(["seen"], { epochs: "tempo", ...redistribute() }),
  "recorded-preset": whole({ preset: "bettensor-live", ...redistribute() }),
  "recorded-late-start": whole({ time: { start: "2025-01-02T00:00:00Z", end: "2025-01-03T06:00:00Z" } }),
  "recorded-grown": recorded(["grown"], { emission: "replay" }),
  "recorded-grown-tempo": recorded(["grown"], { epochs: "tempo", ...redistribute() }),
  "recorded-in-two": recorded(["paid", "moved"], redistribute()),
  "index-pool": index(),
  "index-multipliers": index({ vesting_multipliers: true, rewards: { base_by: "score" } }),
  "index-tao20-presets": index({
    rewards: { preset: "tao20-original-rewards" },
    consensus: { preset: "tao20-original-slashing" },
  }),
  "index-excludes": index({ anti_gaming: { on_flag: "exclude", wash_window: "2 h" } }),
  "index-concentration": index({ rewards: { max_top10_share: 0.3, all_zero: "evenly" }, rebalancing: "never" }),
  "index-beside-miners": {
    ...index({ netuid: 9 }),
    subnet: { netuid: 7, capacity: 16 },
    streams: [...(index().streams as Settings[]), { ...synthetic, netuid: 7 }],
  },
};

export const SMALL_SCENARIOS: readonly SmallScenario[] = Object.entries(SCENARIOS).map(([name, scenario]) => ({
  name,
  scenario: { name, ...scenario, record: scenario.record ?? { tables: "all" } },
}));
