import { TenureError } from "../../../kernel/errors.js";
import { number } from "../../../rules/parameter.js";
import { declareMinerStrategy } from "../miner-strategy.js";
import { sellWorthwhile } from "../trading/sell-worthwhile.js";

/** A parameter of `sybil_split` is out of range. */
const CODE = "TEN-AGENT-129";

/** One operator behind several hotkeys, each of which looks like a miner of its own: income comes from those that sell. */
export const sybilSplit = declareMinerStrategy({
  name: "sybil_split",
  meaning: "splits its work evenly over several hotkeys, sells all on some of them and holds on the others",
  isHostile: true,
  parameters: {
    keys: number({ range: { atLeast: 1, atMost: 256, whole: true }, default: 4, code: CODE, meaning: "Hotkeys." }),
    soldKeys: number({
      range: { atLeast: 0, atMost: 256, whole: true },
      default: 2,
      code: CODE,
      meaning: "Hotkeys of them on which it sells everything at the end of every epoch: the last ones.",
    }),
  },
  refuse({ keys, soldKeys }, path) {
    if (soldKeys <= keys) return;
    throw new TenureError({
      code: "TEN-AGENT-130",
      what: "More keys are to be sold on than there are.",
      place: { path: `${path}.sold_keys` },
      found: soldKeys,
      allowed: `0 to ${keys}`,
    });
  },
  keys: ({ keys }) => keys,
  bind: ({ soldKeys }, { keys }) => ({
    decide(seen, orders) {
      for (const { key, stakeRao } of seen.keys) if (key >= keys - soldKeys) sellWorthwhile(seen, orders, key, stakeRao);
    },
  }),
});
