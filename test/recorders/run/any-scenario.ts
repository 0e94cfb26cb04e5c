import fc from "fast-check";

/** A number of a range: its ends, near them, a plain value, or anything between. */
function within(least: number, most: number, plain: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(least, most, plain),
    fc.double({ min: least, max: most, noNaN: true }),
    fc
      .double({ min: 0, max: 1, noNaN: true })
      .map((at) => Math.min(most, Math.max(least, least === 0 ? most * 10 ** (-30 * at) : least * (most / least) ** at))),
  );
}
const whole = (least: number, most: number, plain: number) =>
  fc.oneof(fc.constantFrom(least, most, plain), fc.integer({ min: least, max: most }));
const share = within(0, 1, 0.5);
/** Shares that are taken exactly. */
const exact = (places: number) => fc.integer({ min: 0, max: 10 ** places - 1 }).map((parts) => Number(`${parts}e-${places}`));
/** Tokens of every order of magnitude, by their rao. */
const amount = (least: bigint, most: bigint) =>
  fc
    .oneof(
      fc.constantFrom(least, most),
      fc.bigInt({ min: least, max: most }),
      fc.nat(52).map((bits) => (2n ** BigInt(bits) < least ? least : 2n ** BigInt(bits) > most ? most : 2n ** BigInt(bits))),
    )
    .map((rao) => `${rao / 1_000_000_000n}.${String(rao % 1_000_000_000n).padStart(9, "0")}`);
const MOST = 9_007_199_254_740_991n;
const anyAmount = amount(1n, MOST);
/** Amounts of which a run can add up many. */
const modestAmount = amount(1n, 1_000_000_000_000n);

const START = "2025-01-01T00:00:00Z";
const inSeconds = (least: number, most: number, plain: number) => whole(least, most, plain).map((seconds) => `${seconds} s`);

const tiers = (most: number) =>
  fc
    .uniqueArray(within(1e-9, most, most / 2), { minLength: 1, maxLength: 3 })
    .chain((bounds) =>
      fc.tuple(fc.constant([...bounds].sort((a, b) => a - b)), fc.array(within(1, 1e6, 1.1), { minLength: 3, maxLength: 3 })),
    )
    .map(([bounds, values]) => bounds.map((at_least, i) => ({ at_least, value: values[i] })));

const vesting = fc.record({
  mode: fc.constantFrom("on", "on", "shadow", "off"),
  rule: fc.constantFrom("geometric", "tiered", "linear_retention"),
  retention_target: within(1e-300, 1, 0.9),
  retention_window_days: within(1e-300, 36_525, 30),
  max_multiplier: within(1, 1e6, 1.5),
  tiers: fc.record({ amount: tiers(1), time: tiers(36_525) }),
  minimum_stake: fc.oneof(fc.constant("0"), anyAmount, modestAmount),
  retention_basis: fc.constantFrom("emissions", "all_stake"),
  retention_scope: fc.constantFrom("lifetime", "window"),
  rounding: fc.constantFrom("exact", "whole_days"),
  key_scope: fc.constantFrom("hotkey", "coldkey_even"),
  below_minimum: fc.constantFrom("no_bonus", "zero"),
  redistribution: fc.oneof(
    fc.constantFrom("proportional", "threshold"),
    fc.record({ threshold: fc.record({ relative: share, absolute: share }) }),
  ),
});

/** Miners that are paid, add and remove stake, under any rule. */
export const anySubnetScenario = fc.record({
  name: fc.constant("any"),
  seed: fc.nat(),
  time: fc.record({ start: fc.constant(START), days: within(0.001, 3, 2) }),
  subnet: fc.record({ netuid: fc.constant(1), tempo: whole(20, 360, 360), capacity: fc.constant(16) }),
  streams: fc.tuple(
    fc.record({
      synthetic: fc.constant("subnet"),
      miners: whole(1, 16, 4),
      miner_pot_alpha_per_block: fc.oneof(modestAmount, amount(1n, MOST / 400n)),
      share_spread: within(1, 1e6, 8),
      share_jitter: exact(6),
      opening_stake_alpha: fc.oneof(
        fc.constant(null),
        modestAmount.map((from) => ({ from, to: "1000" })).filter(({ from }) => Number(from) <= 1_000),
      ),
      adds_per_day: within(0, 200, 1),
      removes_per_day: within(0, 200, 1),
      sweep_every_days: fc.constantFrom({ from: 0.001, to: 0.001 }, { from: 0.5, to: 90 }, { from: 36_525, to: 36_525 }),
    }),
  ),
  epochs: fc.constantFrom("emission", "tempo"),
  vesting,
  emission: fc.record({
    mode: fc.constantFrom("replay", "redistribute"),
    withdrawals: fc.constantFrom("proportional", "absolute"),
    outside: fc.constantFrom(false, true),
  }),
  schedules: fc.oneof(
    fc.constant(null),
    fc.record({ duration_days: within(0.001, 36_525, 30), interval_days: within(1, 36_525, 1), min_vesting_amount: modestAmount }),
  ),
  record: fc.record({ tables: fc.constant("all"), every_epochs: whole(1, 3, 1) }),
});

const priceModel = fc.oneof(
  fc.record({
    kind: fc.constant("geometric_brownian_motion"),
    drift_per_year: fc.oneof(fc.constantFrom(-100, 100, 0), fc.double({ min: -100, max: 100, noNaN: true })),
    volatility_per_year: within(0, 100, 1),
    correlation: share,
  }),
  fc.record({
    kind: fc.constant("ornstein_uhlenbeck"),
    half_life: inSeconds(1, 86_400 * 365, 604_800),
    volatility_per_year: within(0, 100, 1),
    correlation: share,
  }),
  fc.record({
    kind: fc.constant("jump_diffusion"),
    drift_per_year: fc.constantFrom(-100, 100, 0),
    volatility_per_year: within(0, 100, 1),
    jumps_per_year: within(0, 100_000, 20),
    jump_mean: fc.double({ min: -10, max: 10, noNaN: true }),
    jump_deviation: within(0, 10, 0.1),
    correlation: share,
  }),
);
const shock = fc.record({
  from: whole(0, 86_400, 3_600).map((seconds) => Date.parse(START) + seconds * 1_000),
  duration: inSeconds(1, 86_400, 3_600),
  factor: within(1e-6, 1e6, 0.4),
});

const participants = fc.record({
  name: fc.constant("trader"),
  count: whole(1, 4, 3),
  tao: fc.oneof(anyAmount, modestAmount, fc.constant("100")),
  tokens: fc.constantFrom("0", "0.000000001", "10"),
  min_spread_threshold: within(0, 1e6, 0.005),
  spread_unit: fc.constantFrom("fraction", "percent"),
  at_threshold: fc.constantFrom("wait", "act"),
  min_transaction_size: fc.constantFrom("0", "0.000000001", "0.1"),
  max_transaction_size: fc.oneof(fc.constant("10"), amount(100_000_000n, MOST)),
  balance_share: within(1e-300, 1, 0.8),
  sizing: fc.constantFrom("balance", "best"),
  profit_over_cost: within(0, 1e6, 2),
  transaction_cost: fc.constantFrom("0", "0.000000001", "0.01"),
  basket_cost: fc.constantFrom(0, 0.01, 0.999999999999),
  discount_route: fc.constantFrom("buy_and_redeem", "redeem_inventory"),
  neutral_probability: share,
  max_inventory_ratio: share,
  stop_loss_drawdown: fc.oneof(fc.constant(null), within(1e-300, 1, 0.2)),
  withdrawn_share: share,
});

/** Prices that move in any way, and an index on them. */
export const anyIndexScenario = fc.record({
  name: fc.constant("any"),
  seed: fc.nat(),
  time: fc.record({ start: fc.constant(START), days: within(0.01, 0.25, 0.2) }),
  streams: fc.tuple(
    fc.record({
      synthetic: fc.constant("prices"),
      subnets: fc.constant(3),
      sample_every: inSeconds(240, 3_600, 600),
      start_price_tao: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom({ from: 0.005, to: 0.1 }, { from: 0.01, to: 0.01 }, { from: 1, to: 1_000 }) },
        fc.constantFrom({ from: 1e-9, to: 1e9 }, { from: 1e9, to: 1e9 }, { from: 1e-9, to: 1e-9 }),
      ),
      model: priceModel,
      shocks: fc.array(shock, { maxLength: 3 }),
    }),
  ),
  vesting,
  index: fc.record({
    netuid: fc.constant(9),
    epoch: inSeconds(12, 7_200, 3_600),
    fund: fc.record({
      constituents: fc.constant(3),
      mint_fee: exact(9),
      redeem_fee: exact(9),
      management_fee_per_year: exact(9),
      stale_after: inSeconds(1, 86_400, 3_600),
      initial_nav: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, within(1e-12, 1e12, 1)),
    }),
    founding: fc.constantFrom("30000", "30000", "30000", "9007199.254740991").map((supply) => ({
      supply,
      source: "given",
      weights: [0.5, 0.3, 0.2].map((weight, i) => ({ netuid: i + 1, weight })),
    })),
    rebalancing: fc.constantFrom("never", "founding_weights"),
    market: fc.record({
      kind: fc.constant("pool"),
      tao_reserve: modestAmount,
      fee: exact(9),
      noise_traders: fc.record({
        count: fc.constant(3),
        tao: fc.oneof(modestAmount, anyAmount),
        tokens: fc.constantFrom("0", "1"),
        trade_probability: share,
        persistence: share,
        mean_size: anyAmount,
        max_size: anyAmount,
      }),
    }),
    participants: fc.tuple(participants),
    validators: fc.constant([
      { name: "honest", count: 3, stake: "2000" },
      { name: "noisy", stake: "1000", behaviour: { kind: "noisy", weight_error: 1, nav_error: 1, missed_share: 0.1 } },
      { name: "falsifier", stake: "9000000", behaviour: { kind: "falsifier", nav_error: 1000 } },
    ]),
    rewards: fc.record({
      score: fc.record({
        formula: fc.constantFrom("weighted_sum", "volume_scaled"),
        mint_multiplier: within(0, 1000, 1.1),
        redeem_multiplier: within(0, 1000, 1),
        volume_over: fc.constantFrom("weighted", "raw"),
      }),
      min_volume: fc.constantFrom("0", "1"),
      base_by: fc.constantFrom("volume", "score"),
      all_zero: fc.constantFrom("unallocated", "evenly"),
      max_top10_share: fc.oneof(fc.constant(null), within(1e-300, 1, 0.5)),
    }),
    anti_gaming: fc.record({ on_flag: fc.constantFrom("record", "exclude", "penalise"), penalty_factor: share }),
    consensus: fc.record({
      agreement: share,
      slashing: fc.record({ appeal_days: within(0, 36_500, 0) }),
      reputation: fc.record({ accuracy_weight: share, consistency_weight: share, reliability_weight: share, slash_penalty: share }),
    }),
    emission: fc.record({ pot_alpha_per_block: fc.oneof({ weight: 4, arbitrary: modestAmount }, amount(1n, MOST / 700n)) }),
    vesting_multipliers: fc.boolean(),
    record: fc.constant({ prices_every_samples: 1 }),
  }),
  record: fc.constant({ tables: "all" }),
});
