const miner = (uid: number, weight: number, more: object = {}) => ({ uid, hotkey: `h${uid}`, registered_ms: uid, weight, ...more });

/** Ranks 2 and 3 are tied: (0.8 + 0.64) / 2 each. */
const CURVE = {
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
const BURN_RESIDUAL = {
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

const END = 1_800_000_000_000;
const HOUR = 3_600_000;

interface Answer {
  readonly stages: readonly object[];
  readonly shares: readonly number[];
  readonly rest: object;
}

function small(name: string, stages: readonly object[], epochs: readonly object[], answers: readonly Answer[]): object {
  return { case: name, input: { stages, epochs }, expected: { epochs: answers } };
}

/** A quarter of what is asked, squared. */
const GATE = small(
  "collateral, scaled",
  [{ gate: { by: "collateral", at_least: 10, below: "scale", power: 2 } }, { residual: "burn" }],
  [{ end_ms: END, miners: [miner(0, 1, { collateral_rao: 10e9 }), miner(1, 1, { collateral_rao: 2.5e9 })] }],
  [{ stages: [{ stage: "gate", factor: [1, 0.0625], after: [0.5, 0.03125] }], shares: [0.5, 0.03125], rest: { burn: 0.46875 } }],
);

/** 3 of 4 earned were kept; who is new is given a half. */
const MULTIPLIER_RULES = small(
  "net stake over one epoch",
  [{ multiplier: { rule: "net_stake", bonus: 5, epochs: 1 } }, { residual: "burn" }],
  [
    { end_ms: END, miners: [miner(0, 1, { stake_rao: 100e9 })] },
    { end_ms: END + HOUR, miners: [miner(0, 1, { stake_rao: 103e9, emission_rao: 4e9 }), miner(1, 1)] },
  ],
  [
    { stages: [{ stage: "multiplier", factor: [3.5], after: [3.5 / 6] }], shares: [3.5 / 6], rest: { burn: 2.5 / 6 } },
    {
      stages: [{ stage: "multiplier", factor: [4.75, 3.5], after: [19 / 48, 7 / 24] }],
      shares: [19 / 48, 7 / 24],
      rest: { burn: 5 / 16 },
    },
  ],
);

/** 15 % exactly; after three hours it is over. */
const SELLING_PENALTY = small(
  "a fall at its step",
  [{ selling_penalty: { steps: [{ drop: 0.15, factor: 0.6, hours: 3 }] } }, { residual: "owner" }],
  [100e9, 85e9, 85e9].map((stake_rao, epoch) => ({ end_ms: END + epoch * 3 * HOUR, miners: [miner(0, 1, { stake_rao })] })),
  [1, 0.6, 1].map((factor) => ({
    stages: [{ stage: "selling_penalty", factor: [factor], after: [factor] }],
    shares: [factor],
    rest: factor === 1 ? {} : { owner: 0.4 },
  })),
);

/** 0.3 * 0.75 + 0.7 * 0.5 = 0.575; the new key has 0.3 * 0.25 = 0.075. */
const SMOOTH = small(
  "an average, and a new key",
  [{ smooth: { kind: "ema", alpha: 0.3 } }, { residual: "burn" }],
  [
    { end_ms: END, miners: [miner(0, 1), miner(1, 1)] },
    { end_ms: END + HOUR, miners: [miner(0, 3), { ...miner(1, 1), hotkey: "new" }] },
  ],
  [
    { stages: [{ stage: "smooth", after: [0.5, 0.5] }], shares: [0.5, 0.5], rest: {} },
    { stages: [{ stage: "smooth", after: [0.575, 0.075] }], shares: [0.575, 0.075], rest: { burn: 0.35 } },
  ],
);

/** First to 0.4; the others times 0.6 / 0.4, of which 0.57 is over; the third gets what is left. */
const CAP = small(
  "two over a cap",
  [{ cap: { max_share: 0.4 } }],
  [{ end_ms: END, miners: [miner(0, 30), miner(1, 19), miner(2, 1), miner(3, 0)] }],
  [{ stages: [{ stage: "cap", after: [0.4, 0.4, 0.2, 0] }], shares: [0.4, 0.4, 0.2, 0], rest: {} }],
);

/** 0.3 for a tag that nobody has goes over 5 : 2. */
const POOLS = small(
  "a pool without members",
  [
    {
      pools: [
        { name: "a", share: 0.5, members: { uids: [0, 1] } },
        { name: "b", share: 0.3, members: { tags: ["x"] } },
        { name: "c", share: 0.2, members: "rest" },
      ],
    },
  ],
  [{ end_ms: END, miners: [miner(0, 3), miner(1, 1), miner(2, 1)] }],
  [{ stages: [{ stage: "pools", after: [15 / 28, 5 / 28, 8 / 28] }], shares: [15 / 28, 5 / 28, 8 / 28], rest: {} }],
);

/** 10 TAO at 0.05 are 200 alpha; of a pot of 147.6 all is paid, and 10 - 147.6 * 0.05 = 2.62 TAO stay due. */
const BUDGET = {
  case: "a pot that is too small",
  input: {
    stages: [{ budget: { per_epoch: 10, unit: "tao", carry: true } }, { residual: "recycle" }],
    epochs: [{ end_ms: END, pot_rao: 147_600_000_000, price_tao: 0.05, miners: [miner(0, 2), miner(1, 1)] }],
  },
  expected: {
    epochs: [
      {
        stages: [{ stage: "budget", after: [2 / 3, 1 / 3] }],
        shares: [2 / 3, 1 / 3],
        rest: {},
        paid_rao: [98_400_000_000, 49_200_000_000],
        rest_rao: {},
        owed_after: { "": 2_620_000_000 },
      },
    ],
  },
};

/** Means 0.5 and 0.5 in the second epoch, of which the second miner keeps a half. */
const CHAIN = small(
  "winner, window, retention and burn",
  [
    { curve: { kind: "winner" } },
    { smooth: { kind: "window", epochs: 2 } },
    { multiplier: { rule: "linear_retention" } },
    { burn: { share: 0.5 } },
    { residual: "owner" },
  ],
  [
    { end_ms: END, miners: [miner(0, 5, { held_share: 0.9 }), miner(1, 3, { held_share: 0.45 })] },
    { end_ms: END + HOUR, miners: [miner(0, 1, { held_share: 0.9 }), miner(1, 3, { held_share: 0.45 })] },
  ],
  [
    {
      stages: [
        { stage: "curve", after: [1, 0] },
        { stage: "smooth", after: [1, 0] },
        { stage: "multiplier", factor: [1, 0.5], after: [1, 0] },
      ],
      shares: [0.5, 0],
      rest: { burn: 0.5 },
    },
    {
      stages: [
        { stage: "curve", after: [0, 1] },
        { stage: "smooth", after: [0.5, 0.5] },
        { stage: "multiplier", factor: [1, 0.5], after: [0.5, 0.25] },
      ],
      shares: [0.25, 0.125],
      rest: { burn: 0.5, owner: 0.125 },
    },
  ],
);

const ORDER = {
  case: "a curve after pools",
  input: { stages: [{ pools: [{ name: "a", share: 1, members: "all" }] }, { curve: { kind: "winner" } }] },
  expected: { valid: false },
};

/** One case a file of stages, worked out by hand. */
export const SMALL_STAGES: Readonly<Record<string, object>> = {
  "stages/curve": CURVE,
  "stages/gate": GATE,
  "stages/multiplier_rules": MULTIPLIER_RULES,
  "stages/selling_penalty": SELLING_PENALTY,
  "stages/smooth": SMOOTH,
  "stages/cap_floor_threshold": CAP,
  "stages/burn_residual": BURN_RESIDUAL,
  "stages/pools": POOLS,
  "stages/budget": BUDGET,
  "stages/chains": CHAIN,
  "stages/order": ORDER,
};
