import { SLASHING } from "./small-slashing.js";
import { SMALL_STAGES } from "./small-stages.js";
import { YUMA, YUMA_CHAIN, YUMA_TOTALS } from "./small-yuma.js";

/** Seconds. */
export const DAY = 86_400;

export const TRANCHES = {
  case: "two inflows and a withdrawal",
  input: {
    window_days: 30,
    events: [
      { t: 0, kind: "manual", amount_rao: 2_000_000_000 },
      { t: DAY, kind: "emission", amount_rao: 1_000_000_000 },
      { t: 3 * DAY, kind: "emission", amount_rao: 1_000_000_000 },
      { t: 3 * DAY, kind: "withdraw", amount_rao: 1_500_000_000 },
      { t: 4 * DAY, kind: "withdraw", amount_rao: 9_000_000_000 },
    ],
    queries: [
      { after_event: 3, at: 3 * DAY + 600 },
      { after_event: 3, at: 3 * DAY + 7200 },
      { after_event: 4, at: 40 * DAY },
    ],
  },
  expected: {
    tranches: [
      { index: 0, initial: 2, remaining: 0, entry: 0, source: "manual", age_days: 40, fraction_remaining: 0 },
      { index: 1, initial: 1, remaining: 0, entry: DAY, source: "emission", age_days: 39, fraction_remaining: 0 },
      { index: 2, initial: 1, remaining: 0, entry: 3 * DAY, source: "emission", age_days: 37, fraction_remaining: 0 },
    ],
    exits: [
      { tranche: 2, amount: 1, at: 3 * DAY },
      { tranche: 1, amount: 0.5, at: 3 * DAY },
      { tranche: 1, amount: 1e-16, at: 3 * DAY, dust: true },
      { tranche: 1, amount: 0.5, at: 4 * DAY },
      { tranche: 0, amount: 2, at: 4 * DAY },
    ],
    total_stake: 0,
    queries: [
      {
        weighted_holding_days: 2,
        total_emission_received: 2,
        remaining_emission_stake: 0.5,
        holding_percentage: 0.25,
        total_stake: 2.5,
        holding: { percentage: 0.25, duration_days: 2, from_cache: true },
      },
      {
        weighted_holding_days: 2,
        total_emission_received: 2,
        remaining_emission_stake: 0.5,
        holding_percentage: 0.25,
        total_stake: 2.5,
        holding: { percentage: 0.25, duration_days: 2, from_cache: false },
      },
      {
        weighted_holding_days: 0,
        total_emission_received: 2,
        remaining_emission_stake: 0,
        holding_percentage: 0,
        total_stake: 0,
        holding: { percentage: 0, duration_days: 0, from_cache: false },
      },
    ],
  },
};

export const GEOMETRIC = {
  case: "half of half",
  input: { retention_target: 0.8, retention_window_days: 40, max_multiplier: 3, holding_percentage: 0.4, holding_duration: 20 },
  expected: { multiplier: 2 },
};

export const TIERED = {
  case: "first amount tier, second time tier",
  input: { holding_percentage: 0.3, holding_duration_days: 59 },
  // Mean of 1.1 and 1.2 is 1.15; half of the largest bonus of 0.3.
  expected: { multiplier: 1.25 },
};

export const WEIGHTS = {
  case: "one below the minimum, one negative",
  input: {
    minimum_stake_rao: 100,
    retention_target: 1,
    retention_window_days: 10,
    max_multiplier: 2,
    weights: [0.2, 0.2, 0.2, -0.1],
    miners: [
      { uid: 0, stake_rao: 100, holding_percentage: 1, holding_duration: 10 },
      { uid: 1, stake_rao: 99, holding_percentage: 1, holding_duration: 10 },
      { uid: 2, stake_rao: 500, holding_percentage: 0, holding_duration: 10 },
      { uid: 3, stake_rao: null, holding_percentage: 0, holding_duration: 0 },
    ],
  },
  expected: { weights: [0.8, 0, 0.4, -0.2], sum: 1, multipliers: [2, 2, 1, 1] },
};

export const SCHEDULE = {
  case: "10 rao a TAO in three instalments",
  input: {
    vesting_duration_days: 5,
    vesting_interval_days: 2,
    min_vesting_amount_rao: 5,
    schedules: [
      { amount_rao: 10, start: DAY },
      { amount_rao: 4, start: 0 },
    ],
    process_at: [DAY - 1, 3 * DAY, 9 * DAY],
  },
  expected: {
    schedules: [
      {
        created: true,
        start: DAY,
        end: 6 * DAY,
        initial_amount: 10e-9,
        payments: [
          { at: DAY, amount: (10 / 3) * 1e-9 },
          { at: 3 * DAY, amount: (10 / 3) * 1e-9 },
          { at: 5 * DAY, amount: 10e-9 },
        ],
      },
      { created: false },
    ],
    process: [
      {
        payments_processed: 0,
        schedules: [{ schedule: 1, remaining_amount: 10e-9, status: "active", payments_paid: 0, amount_paid: 0 }],
        summary: {
          num_active_schedules: 1,
          total_vesting: 10e-9,
          total_paid: 0,
          total_remaining: 10e-9,
          next_payment_time: DAY,
          next_payment_amount: 3e-9,
        },
      },
      {
        payments_processed: 2,
        schedules: [{ schedule: 1, remaining_amount: 3e-9, status: "active", payments_paid: 2, amount_paid: (20 / 3) * 1e-9 }],
        summary: {
          num_active_schedules: 1,
          total_vesting: 10e-9,
          total_paid: 7e-9,
          total_remaining: 3e-9,
          next_payment_time: 5 * DAY,
          next_payment_amount: 10e-9,
        },
      },
      {
        payments_processed: 1,
        schedules: [{ schedule: 1, remaining_amount: -6e-9, status: "completed", payments_paid: 3, amount_paid: 16e-9 }],
        summary: {
          num_active_schedules: 0,
          total_vesting: 0,
          total_paid: 0,
          total_remaining: 0,
          next_payment_time: null,
          next_payment_amount: 0,
        },
      },
    ],
  },
};

export const ARBITRAGE = {
  case: "a premium of a tenth, of 8 TAO",
  input: { config: {}, nav: "2.0", price: "2.2", tao_balance_rao: 10_000_000_000, tao20_balance_rao: 0, t: DAY },
  expected: {
    opportunity: {
      type: "mint",
      spread_percent: "10",
      // 8 TAO of premium a tenth, less the cost of 0.01.
      expected_profit: "0.79",
      required_amount_wei: "8000000000000000000",
      required_amount_rao: 8e9,
      timestamp: DAY,
    },
  },
};

/** 70 % of 21 TAO by 11 to 10, 40 and 25 % of a quarter of it to the first two ranks, the rest of the bonus to nobody. */
export const REWARDS_TIERED = {
  case: "a minter, a redeemer and one below the threshold",
  input: {
    config: {},
    emissions_rao: 21_000_000_000,
    miners: [
      { miner: "m00", mint_rao: 0, redeem_rao: 500_000_000 },
      { miner: "m01", mint_rao: 0, redeem_rao: 10_000_000_000 },
      { miner: "m02", mint_rao: 12_500_000_000, redeem_rao: 0, consistency_score: "0", frequency_score: "0.0" },
    ],
  },
  expected: {
    miners: [
      {
        miner: "m02",
        rank: 1,
        tier: "diamond",
        weighted_score_wei: "11000000000000000000",
        base_reward: "7.7",
        tier_bonus: "2.1",
        total_reward: "9.8",
      },
      {
        miner: "m01",
        rank: 2,
        tier: "platinum",
        weighted_score_wei: "10000000000000000000",
        base_reward: "7.0",
        tier_bonus: "1.3125",
        total_reward: "8.3125",
      },
    ],
    base_pool: "14.7",
    tier_bonus_pool: "5.25",
    validator_pool: "1.05",
    undistributed_bonus: "1.8375",
    gini: 1.4875 / (2 * 18.1125),
    top10_concentration: 1,
    total_miners: 2,
  },
};

/** Scores 0.8 and 0.58675: volume over the largest raw one, 2 TAO; one and two transactions in the hour. */
export const VOLUME_RANKING = {
  case: "a redeemer, and a minter with a small transaction",
  input: {
    config: { max_transaction_frequency: 1 },
    transactions: [
      { t: 7200, miner: "m00", amount_rao: 1_000_000_000, side: "mint" },
      { t: 7210, miner: "m00", amount_rao: 5_000_000, side: "redeem" },
      { t: 7220, miner: "m01", amount_rao: 2_000_000_000, side: "redeem" },
    ],
  },
  expected: {
    rankings: [
      {
        miner: "m01",
        rank: 1,
        weighted_score: "0.8",
        base_weight: String(0.64 / 1.38675),
        bonus_weight: "0.125",
        final_weight: String(0.64 / 1.38675 + 0.125),
        mint_rao: 0,
        redeem_rao: 2_000_000_000,
        transactions: 1,
        average_size_wei: "2000000000000000000",
        transaction_frequency: "1",
        consistency_score: "0",
        active_hours: 1,
      },
      {
        miner: "m00",
        rank: 2,
        weighted_score: "0.58675",
        base_weight: String(0.4694 / 1.38675),
        bonus_weight: "0.075",
        final_weight: String(0.4694 / 1.38675 + 0.075),
        mint_rao: 1_000_000_000,
        redeem_rao: 5_000_000,
        transactions: 2,
        average_size_wei: "502500000000000000",
        transaction_frequency: "2",
        consistency_score: "0",
        active_hours: 1,
      },
    ],
    suspicious_raised: [
      { tx: 1, type: "small_transaction" },
      { tx: 1, type: "high_frequency" },
    ],
    suspicious_kept: {
      m00: [
        { type: "small_transaction", t: 7210, amount_rao: 5_000_000 },
        { type: "high_frequency", t: 7210, count: 2 },
      ],
    },
  },
};

/** One case a golden file, worked out by hand. */
export const SMALL_CASES: Readonly<Record<string, object>> = {
  tranches: TRANCHES,
  multiplier_geometric: GEOMETRIC,
  multiplier_tiered: TIERED,
  weights: WEIGHTS,
  vesting_schedule: SCHEDULE,
  rewards_tiered: REWARDS_TIERED,
  volume_ranking: VOLUME_RANKING,
  arbitrage: ARBITRAGE,
  slashing: SLASHING,
  "yuma/yuma": YUMA,
  "yuma/chain": YUMA_CHAIN,
  "yuma/totals": YUMA_TOTALS,
  ...SMALL_STAGES,
};
