const miner = (uid: number, weight: number, more: object = {}) => ({ uid, hotkey: `h${uid}`, registered_ms: uid, weight, ...more });

/** Ranks 2 and 3 are tied: (0.8 + 0.64) / 2 each. */
export const CURVE = {
  case: "geometric, ties averaged",
  input: {
    stages: [{ curve: { kind: "geometric", ratio: 0.8 } }],
    epochs: [{ end_ms: 10, miners: [miner(0, 3), miner(1, 1), miner(2, 1), miner(3, 0)] }],
  },
  expected: {
    epochs: [
      {
        stages: [{ stage: "curve", after: [25 / 61, 18 / 61, 18 / 61, 0] }],
        shares: [25 / 61, 18 / 61, 18 / 61, 0],
        rest: {},
      },
    ],
  },
};

/** Shares 0.45, 0.3, 0.1 and 0.15 of 1,000,003 rao: two are left, to the remainders .9 and .45. */
export const BURN_RESIDUAL = {
  case: "burn and treasury",
  input: {
    stages: [{ burn: { share: 0.1 } }, { multiplier: { rule: "geometric" } }, { residual: "treasury" }],
    epochs: [
      {
        end_ms: 10,
        pot_rao: 1_000_003,
        miners: [miner(0, 1, { held_share: 0.9, held_days: 30 }), miner(1, 1, { held_share: 0, held_days: 0 })],
      },
    ],
  },
  expected: {
    epochs: [
      {
        stages: [{ stage: "multiplier", factor: [1.5, 1], after: [1 / 2, 1 / 3] }],
        shares: [0.45, 0.3],
        rest: { burn: 0.1, treasury: 0.15 },
        paid_rao: [450_001, 300_001],
        rest_rao: { burn: 100_000, treasury: 150_001 },
      },
    ],
  },
};
