import { amount, defaultsOf, number, type ValuesOf } from "../../rules/parameter.js";

/** What acting costs a participant, whatever its strategy. */
export const COST_PARAMETERS = {
  transactionCostRao: amount({ unit: "TAO", code: "TEN-AGENT-106", default: 10_000_000, meaning: "Paid for each transaction, TAO." }),
  basketCost: number({
    range: { atLeast: 0, below: 1 },
    code: "TEN-AGENT-107",
    default: 0,
    meaning: "What buying or selling a basket costs beside the recorded prices, as a share.",
  }),
} as const;

export type ParticipantCosts = ValuesOf<typeof COST_PARAMETERS>;

export const DEFAULT_COSTS: ParticipantCosts = defaultsOf(COST_PARAMETERS);
