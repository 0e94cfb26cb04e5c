import { nameOrNone, number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { sellPartOfPay } from "../trading/sell-part-of-pay.js";

/** A parameter of `collude` is out of range. */
const CODE = "TEN-AGENT-140";

/** Whose owner has validators, too, is worth what these say, as far as the others let them. */
export const collude = declareMinerStrategy({
  name: "collude",
  meaning: "lets validators of its owner rate it higher than they see it, and sells a part of each epoch's pay",
  isHostile: true,
  parameters: {
    validators: nameOrNone({
      of: "colluding validators",
      code: CODE,
      meaning: "Group of validators with the behaviour `colluder` that does so; left out: all with it.",
    }),
    boost: number({
      range: { atLeast: 1, atMost: 1_000_000 },
      default: 10,
      code: CODE,
      meaning: "How many times what they see they rate the miners of the group.",
    }),
    share: number({
      range: { atLeast: 0, atMost: 1 },
      unit: "0..1",
      default: 0,
      code: CODE,
      meaning: "Part of the pay of an epoch that is sold at its end; 0: it holds.",
    }),
  },
  colludes: ({ validators, boost }) => ({ validators, boost }),
  bind: ({ share }) => ({ decide: (seen, orders) => sellPartOfPay(seen, orders, share) }),
});
