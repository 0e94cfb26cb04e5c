import { TenureError } from "../../../../kernel/errors.js";
import { declareParticipantStrategy } from "../../participant-strategy.js";
import { ArbitragingParticipant } from "./arbitraging-participant.js";
import { ARBITRAGE_PARAMETERS } from "./parameters.js";

export const arbitrage = declareParticipantStrategy({
  name: "arbitrage",
  meaning: "closes the gap between the token's price and NAV where that pays",
  parameters: ARBITRAGE_PARAMETERS,
  refuse({ minTransactionSizeRao, maxTransactionSizeRao, profitEstimate, discountRoute }, path) {
    if (maxTransactionSizeRao < minTransactionSizeRao) {
      refuse(
        "TEN-AGENT-103",
        `${path}.max_transaction_size`,
        maxTransactionSizeRao,
        "a whole amount of rao, not below min_transaction_size",
      );
    }
    if (profitEstimate === "spread" && discountRoute === "buy_and_redeem") {
      refuse("TEN-AGENT-113", `${path}.profit_estimate`, profitEstimate, "executed, or discount_route: redeem_inventory");
    }
  },
  bind: (parameters, { costs, random, metrics }) => new ArbitragingParticipant({ ...parameters, ...costs }, random, metrics),
});

function refuse(code: string, path: string, found: number | string, allowed: string): never {
  throw new TenureError({ code, what: `${path} is out of range.`, place: { path }, found, allowed });
}
