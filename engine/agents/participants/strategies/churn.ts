import { ceil, min } from "../../../kernel/math.js";
import { MAX_RAO } from "../../../kernel/money.js";
import { declareParticipantStrategy } from "../participant-strategy.js";
import { LOOK_EVERY, MIN_TRANSACTION_SIZE } from "./shared-parameters.js";

/** What volume alone earns: the smallest transaction is minted, and what came of it redeemed, in turn, whatever it costs. */
export const churn = declareParticipantStrategy({
  name: "churn",
  meaning: "mints and redeems the smallest transaction in turn, for volume alone",
  parameters: { minTransactionSizeRao: MIN_TRANSACTION_SIZE, lookEveryMs: LOOK_EVERY },
  bind({ minTransactionSizeRao, lookEveryMs }) {
    let nextLookMs = Number.NEGATIVE_INFINITY;
    let minted = false;
    return {
      decide({ timeMs, navTaoPerToken, navStale, tokensRao: heldRao }) {
        if (timeMs < nextLookMs) return null;
        nextLookMs = timeMs + lookEveryMs;
        if (navStale || !(navTaoPerToken > 0)) return null;
        const tokensRao = min(MAX_RAO, ceil(minTransactionSizeRao / navTaoPerToken));
        if (tokensRao === 0) return null;
        const order = { reason: "neutral", timeMs, minimumReceivedRao: 0, expectedProfitTao: 0 } as const;
        // The fund's fee makes what was minted a little less.
        if (minted && heldRao > 0) return { ...order, side: "redeem", tokensRao: min(heldRao, tokensRao), buysForRao: 0 };
        return { ...order, side: "mint", tokensRao, sells: false };
      },
      settle({ done, order }) {
        minted = done && order.side === "mint";
      },
    };
  },
});
