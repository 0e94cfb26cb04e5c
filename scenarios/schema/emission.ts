import * as z from "zod";
import { amount } from "./amount.js";
import { recordedRuleSchema } from "./recorded-rule.js";
import { choice, section } from "./section.js";

/** What all miners of a subnet earn together a block where it is not stated: 41 % of one alpha. */
export const MINER_POT_ALPHA_PER_BLOCK = 0.41;

const outsidePot = section({
  miner_pot_alpha_per_block: amount({ above: 0 })
    .default(MINER_POT_ALPHA_PER_BLOCK)
    .describe(
      `What all miners of the subnet earn together a block, alpha; ${MINER_POT_ALPHA_PER_BLOCK} where \`outside: true\` leaves it unstated.`,
    ),
});

const emissionSection = section({
  mode: choice(["replay", "redistribute"])
    .default("replay")
    .describe("`replay` books emission as recorded; `redistribute` shares each epoch's recorded pot anew under the rules."),
  recorded_rule: recordedRuleSchema
    .nullable()
    .default(null)
    .describe(
      "The rule under which the recording was made: its multiplier of the recorded holdings is divided out of the recorded shares. Left out: none.",
    ),
  outside: z
    .union([z.boolean({ error: "true, false" }), outsidePot])
    .default(false)
    .describe(
      `A pseudo-miner that carries the part of the miners' pot that the streams do not hold; \`true\` takes all miners of the subnet together to earn ${MINER_POT_ALPHA_PER_BLOCK} alpha a block. It keeps a multiplier of 1: everybody else is taken to hold nothing on, so what the streams' miners gain is the most they could. Not beside streams that are \`coverage: subnet\`.`,
    ),
  withdrawals: choice(["same_tranches", "proportional", "absolute"])
    .default("same_tranches")
    .describe("How recorded withdrawals apply under `redistribute`, where balances differ from the recorded ones."),
});

export const emissionSchema = z
  .union([choice(["replay", "redistribute"]), emissionSection])
  .prefault({})
  .describe("What is done with recorded emission; `emission: replay` alone is short for `emission: { mode: replay }`.");

export type EmissionInput = Exclude<z.output<typeof emissionSchema>, string>;
