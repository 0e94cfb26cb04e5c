const EPSILON = 1e-6;
const STAKES = [0.5, 0.3, 0.2];
/** A row that is all on one miner. */
const WEIGHT = 1 / (1 + EPSILON);

/** What three validators with the same bond to the only miner that earns are paid. */
function dividends(bond: number): number[] {
  const each = bond / (3 * bond + EPSILON);
  return STAKES.map((stake) => (stake * each) / (each + EPSILON));
}

const BOND = 0.1 * WEIGHT;

/** All agree on the first of two miners. */
export const YUMA = {
  id: "case1-agreed",
  kind: "builtin",
  version: "yuma3",
  params: { kappa: 0.5, bondPenalty: 1, bondMovingAverage: 0.9 },
  validators: 3,
  miners: 2,
  epochs: 1,
  stakes: [STAKES],
  weights: [[[1, 0], [[0, 1]], [1, 0]]],
  expected: [
    {
      epoch: 0,
      consensusRaw: [WEIGHT, 0],
      consensus: [1, 0],
      clipped: STAKES.map(() => [WEIGHT, 0]),
      incentive: [1, 0],
      dividends: dividends(BOND),
      bonds: STAKES.map(() => [BOND, 0]),
      minerTrust: [1, 0],
      validatorTrust: [1, 1, 1],
    },
  ],
  flags: {},
};

/** The same under the settings of the simulator's table, in one epoch. */
export const YUMA_TOTALS = {
  case: 1,
  version: "yuma3",
  bondPenalty: 0,
  epochs: 1,
  float64: dividends(0.025 * WEIGHT).map((share, i) => (41 * share) / (1000 * STAKES[i])),
};

/** Two alike validate one miner, uid 2. */
export const YUMA_CHAIN = {
  id: "two alike",
  origin: "derived",
  params: { kappaU16: 32_767, bondsPenaltyU16: 65_535, bondsMovingAveragePpm: 900_000, yuma3: false, liquidAlpha: false },
  validators: 2,
  miners: 1,
  epochs: [
    {
      epoch: 0,
      stakes: [5, 5],
      weights: [[[2, 65_535]], [[2, 300]]],
      expected: {
        consensusU16: [65_535],
        incentiveU16: [65_535],
        dividendsU16: [32_767, 32_767],
        validatorTrustU16: [65_535, 65_535],
        bondsU16: [[[2, 65_535]], [[2, 65_535]]],
        serverShare: [0.5],
        validatorShare: [0.25, 0.25],
      },
    },
  ],
};
