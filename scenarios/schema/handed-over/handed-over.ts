import * as z from "zod";
import { amount } from "../amount.js";
import { MINER_STRATEGY_NAMES, minerStrategySchema } from "../closed-loop/miners.js";
import { instant } from "../instant.js";
import { listOf, section } from "../section.js";
import { netuidSchema } from "../subnet.js";

const address = (what: string) => z.string({ error: `a ${what} address` }).min(1, { error: `a ${what} address` });
const NAME = "a name";
const HOTKEYS = "a hotkey address, or a list of them";

const handedPositionSchema = section({
  name: z
    .string({ error: NAME })
    .min(1, { error: NAME })
    .nullable()
    .default(null)
    .describe("How tables and reports call who decides; left out: as the first hotkey."),
  hotkey: z
    .union([address("hotkey"), listOf(address("hotkey"), "hotkey addresses")], { error: HOTKEYS })
    .describe("Hotkey of the position; or several of one owner, for which one decides together."),
  coldkey: address("coldkey")
    .nullable()
    .default(null)
    .describe("Owner of the position; may be left out where one alone has a position on the hotkey, or owns its seat."),
  netuid: netuidSchema.nullable().default(null).describe("Subnet; may be left out where the scenario names one."),
  from: instant().describe("From here on its own recorded acts are passed over, and the strategy decides at the end of each epoch."),
  strategy: minerStrategySchema.describe(
    `How it acts; a word alone is short for \`{ kind: <word> }\`: ${MINER_STRATEGY_NAMES.join(", ")}, with the parameters that they have under \`closed_loop\`; or a file of one's own.`,
  ),
  tao: amount().default(0).describe("TAO that is there for purchases."),
}).describe("A recorded position that is handed to a strategy.");

export const handedOverSchema = listOf(handedPositionSchema, "positions");

export type HandedOverInput = z.output<typeof handedOverSchema>;
