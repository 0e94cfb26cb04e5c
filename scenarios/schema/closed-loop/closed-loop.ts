import * as z from "zod";
import {
  DAY_MS,
  DEFAULT_CLOSED_LOOP,
  DEFAULT_POOL,
  FEEDBACK_EXPONENT_RANGE,
  KAPPA_RANGE,
  MARKET_RANGES,
  SKILL_DEVIATION_RANGE,
} from "../../../engine/index.js";
import { amount, amountTokens } from "../amount.js";
import { duration, durationText } from "../duration.js";
import { nameSchema } from "../name.js";
import { real } from "../numbers.js";
import { choice, listOf, section } from "../section.js";
import { netuidSchema } from "../subnet.js";
import { minerGroupSchema, minerStrategySchema } from "./miners.js";
import { ratingGroupSchema } from "./validators.js";

const { emission, skill, registrationCostRao } = DEFAULT_CLOSED_LOOP;

const prices = section({
  kind: choice(["prices"]).describe("Alpha trades at the latest price that a stream tells of the subnet; no trade moves it."),
});
const pool = section({
  kind: choice(["pool"]).describe("Alpha trades in a constant-product pool: sales move the price, and with it everybody's income."),
  fee: real(MARKET_RANGES.fee).default(DEFAULT_POOL.fee).describe("Share of what is paid in that stays in the pool."),
  tao_reserve: amount({ above: 0 }).describe("TAO in the pool at the start."),
  alpha_reserve: amount({ above: 0 }).describe("Alpha in the pool at the start."),
  tao_per_block: amount()
    .default(0)
    .describe("TAO that emission adds to the pool a block of 12 s, with as much alpha as it is worth at the price."),
  feedback: section({
    half_life: duration({ atLeastMs: 12_000 }).default("30 d").describe("After it half of a step of the price is in its moving average."),
    exponent: real(FEEDBACK_EXPONENT_RANGE).default(1).describe("Of the moving average of the price over the price at the start."),
  })
    .nullable()
    .default(null)
    .describe("What emission adds follows the price, and what is not burned or recycled of pay; left out: always `tao_per_block`."),
});
const schedule = section({
  miner_pot_alpha_per_block: amount({ above: 0 })
    .default(amountTokens(emission.minerPotRaoPerBlock))
    .describe("What miners together are paid a block of 12 s, alpha."),
  halves_every: duration({ atLeastMs: DAY_MS })
    .nullable()
    .default(emission.halvesEveryMs)
    .describe("The pot halves after each such time; left out: never."),
});
const KINDS = "prices, or a mapping with kind prices or pool";

export const closedLoopSchema = section({
  netuid: netuidSchema.nullable().default(null).describe("Subnet; may be left out where the scenario names one."),
  emission: z
    .union([choice(["recorded"]), schedule])
    .prefault({})
    .describe("What the subnet emits to its miners; `recorded`: in all what a stream of emission says, when it says so."),
  market: z
    .union([choice(["prices"]), z.discriminatedUnion("kind", [prices, pool], { error: KINDS })])
    .describe("Where miners sell and buy alpha (docs/explanation/closed-loop.md)."),
  skill: section({
    half_life: duration({ atLeastMs: 12_000 })
      .default(durationText(skill.halfLifeMs))
      .describe("After it half of a distance from the mean is expected to be gone."),
    deviation: real(SKILL_DEVIATION_RANGE)
      .default(skill.deviation)
      .describe("Standard deviation of the logarithm of a miner's skill in the long run; 0: skill stays as it is."),
  })
    .prefault({})
    .describe("How what the miners' work is worth goes up and down."),
  registration_cost: amount()
    .default(amountTokens(registrationCostRao))
    .describe("TAO that a registration after the start costs; it is burned."),
  miners: listOf(minerGroupSchema, "groups of miners").describe("Who mines, in the order in which they register."),
  validators: listOf(ratingGroupSchema, "groups of validators")
    .nullable()
    .default(null)
    .describe("Who rates what the miners' work is worth; left out: nobody, and base weights are what it is worth."),
  consensus: section({
    kappa: real(KAPPA_RANGE)
      .default(DEFAULT_CLOSED_LOOP.kappa)
      .describe(
        "Part of the validators' stake that has to give a seat a weight or more; what is above the largest such weight does not count.",
      ),
  })
    .nullable()
    .default(null)
    .describe("How validators agree on weights; left out: by the default, where there are validators."),
  alternatives: section({
    group: nameSchema.describe("Name of the group."),
    strategies: listOf(minerStrategySchema, "strategies").describe("What the group follows, each on a subnet of its own."),
  })
    .nullable()
    .default(null)
    .describe(
      "The subnet once more for each strategy that a group could follow, on the netuids from `netuid` on, with the same draws for everybody; left out: one subnet.",
    ),
});

export type ClosedLoopInput = z.output<typeof closedLoopSchema>;
