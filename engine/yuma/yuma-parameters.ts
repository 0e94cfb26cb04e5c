import { type ChoiceParameter, choice, flag, number, type ParameterDeclarations } from "../rules/parameter.js";
import { CHAIN_BONDS, type ChainBonds } from "./chain/chain-configuration.js";
import { LIQUID_CONSENSUS, type LiquidConsensus, YUMA_VERSIONS, type YumaVersion } from "./yuma-configuration.js";

const SHARE = { atLeast: 0, atMost: 1 } as const;
const U16 = { atLeast: 0, atMost: 65_535, whole: true } as const;

/** A parameter of Yuma is out of its range. */
export const YUMA_PARAMETER_CODE = "TEN-YUMA-001";
const code = YUMA_PARAMETER_CODE;

const version: ChoiceParameter<YumaVersion> = choice({
  code,
  values: {
    yuma1: "Bonds anew in each epoch, by stake.",
    yuma2: "A moving average of bonds by stake.",
    yuma2b: "The same, by the weights of the epoch before.",
    yuma2c: "Bonds with a capacity, the stake, that are bought by parts and decay.",
    yuma3: "A moving average of weights; stake counts in dividends alone.",
  },
  default: "yuma3",
  meaning: `How validators buy bonds: one of ${YUMA_VERSIONS.join(", ")}.`,
});

/** Yuma in double precision, as the public simulator has it. */
export const YUMA_PARAMETERS = {
  version,
  kappa: number({
    code,
    range: { above: 0, atMost: 1 },
    default: 0.5,
    meaning:
      "Part of the validators' stake that has to give a miner a weight or more; what is above the largest such weight does not count.",
  }),
  bondPenalty: number({
    code,
    range: SHARE,
    default: 1,
    meaning: "From what bonds are bought: 0 from weights as they were set, 1 from what of them counts. Of yuma1, yuma2, yuma2b.",
  }),
  bondMovingAverage: number({ code, range: SHARE, default: 0.9, meaning: "Part of the last bonds that stays. Of yuma2, yuma2b, yuma3." }),
  decayRate: number({ code, range: SHARE, default: 0.1, meaning: "Part of a bond that an epoch takes. Of yuma2c." }),
  capacityAlpha: number({
    code,
    range: SHARE,
    default: 0.1,
    meaning: "Part of its capacity that a validator can buy in an epoch. Of yuma2c.",
  }),
  winnerTakesAll: flag({ code, default: false, meaning: "The miners of the highest rank share all incentive." }),
} as const satisfies ParameterDeclarations;

const consensus: ChoiceParameter<LiquidConsensus> = choice({
  code,
  values: { current: "That of the epoch.", previous: "That of the epoch before.", mixed: "The larger of the two." },
  default: "current",
  meaning: `With which consensus a weight is compared, one of ${LIQUID_CONSENSUS.join(", ")}. Of yuma3; the others compare with current.`,
});

export const LIQUID_ALPHA_PARAMETERS = {
  alphaLow: number({ code, range: SHARE, default: 0.7, meaning: "Part of a new bond in a pair at consensus; at most alpha_high." }),
  alphaHigh: number({ code, range: SHARE, default: 0.9, meaning: "Part of a new bond in a pair far off it." }),
  sigmoidSteepness: number({ code, range: { above: 0, atMost: 1000 }, default: 10, meaning: "How steep the change between the two is." }),
  consensus,
} as const satisfies ParameterDeclarations;

const chainVersion: ChoiceParameter<ChainBonds> = choice({
  code,
  values: { yuma3: "With Yuma3On, which new subnets have.", original: "Without." },
  default: "yuma3",
  meaning: `How validators buy bonds: one of ${CHAIN_BONDS.join(", ")}.`,
});

/** Yuma in the chain's own arithmetic, by hyperparameters as the chain stores them. */
export const CHAIN_YUMA_PARAMETERS = {
  bonds: chainVersion,
  kappaU16: number({
    code,
    range: { atLeast: 1, atMost: 65_535, whole: true },
    unit: "of 65535",
    default: 32_767,
    meaning: "Part of the validators' stake that has to give a miner a weight or more.",
  }),
  bondsPenaltyU16: number({
    code,
    range: U16,
    unit: "of 65535",
    default: 65_535,
    meaning: "From what bonds are bought: 0 from weights as they were set, 65535 from what of them counts.",
  }),
  bondsMovingAveragePpm: number({
    code,
    range: { atLeast: 0, atMost: 1_000_000, whole: true },
    unit: "millionths",
    default: 900_000,
    meaning: "What of the last bonds stays.",
  }),
} as const satisfies ParameterDeclarations;

export const CHAIN_LIQUID_ALPHA_PARAMETERS = {
  alphaLowU16: number({
    code,
    range: U16,
    unit: "of 65535",
    default: 45_875,
    meaning: "Part of a new bond in a pair at consensus; at most the other.",
  }),
  alphaHighU16: number({ code, range: U16, unit: "of 65535", default: 58_982, meaning: "Part of a new bond in a pair far off it." }),
  sigmoidSteepness: number({
    code,
    range: { atLeast: 0, atMost: 32_767, whole: true },
    unit: "hundredths",
    default: 1000,
    meaning: "How steep the change between the two is.",
  }),
} as const satisfies ParameterDeclarations;
