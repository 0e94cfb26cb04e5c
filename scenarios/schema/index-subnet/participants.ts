import * as z from "zod";
import {
  COST_PARAMETERS,
  DEFAULT_PARTICIPANT,
  PARTICIPANT_PARAMETERS,
  PARTICIPANT_PRESETS,
  PARTICIPANT_STRATEGIES,
  type ParticipantPreset,
  type ParticipantStrategyName,
  PARTICIPANT_RANGES as RANGES,
} from "../../../engine/index.js";
import { amountTokens } from "../amount.js";
import { amountSpread } from "../amount-spread.js";
import { nameSchema } from "../name.js";
import { real, whole } from "../numbers.js";
import { parameterShape } from "../parameters.js";
import { choice, section } from "../section.js";

const { transactionCostRao } = COST_PARAMETERS;
const PRESETS = Object.keys(PARTICIPANT_PRESETS) as [ParticipantPreset, ...ParticipantPreset[]];
const NAMES = Object.keys(PARTICIPANT_STRATEGIES) as [ParticipantStrategyName, ...ParticipantStrategyName[]];

export const participantGroupSchema = section({
  name: nameSchema.describe("Name of the group; its members are called `<name>-1` and so on, an only member `<name>`."),
  count: whole(1, 10_000).default(1).describe("How many there are."),
  preset: choice(PRESETS)
    .nullable()
    .default(null)
    .describe("Choices of an earlier system for all keys that are not stated (docs/explanation/presets.md)."),
  tao: amountSpread().describe("TAO each begins with."),
  tokens: amountSpread().default(0).describe("Index tokens each begins with, out of the founding supply."),
  owner: z
    .string({ error: "a name" })
    .min(1, { error: "a name" })
    .nullable()
    .default(null)
    .describe("One owner of all of them, as a coldkey; left out: each is its own."),
  withdrawn_share: real(RANGES.withdrawnShare)
    .default(0)
    .describe("Share of each payout that is withdrawn at once; the rest stays staked."),
  ...parameterShape(COST_PARAMETERS),
  transaction_cost: amountSpread().default(amountTokens(transactionCostRao.default)).describe(transactionCostRao.meaning),
  strategy: choice(NAMES)
    .default(DEFAULT_PARTICIPANT.strategy)
    .describe(`How they act. ${NAMES.map((name) => `\`${name}\`: ${PARTICIPANT_STRATEGIES[name].meaning}`).join("; ")}.`),
  ...parameterShape(PARTICIPANT_PARAMETERS),
}).describe("Authorised participants who differ only in their means, costs and luck.");

export type ParticipantGroupInput = z.output<typeof participantGroupSchema>;
