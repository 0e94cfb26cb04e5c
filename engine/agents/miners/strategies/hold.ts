import { declareMinerStrategy } from "../miner-strategy.js";

/** The miner that the rule wants: what every other is compared with. */
export const hold = declareMinerStrategy({
  name: "hold",
  meaning: "keeps all that it is paid",
  parameters: {},
  bind: () => ({ decide: () => undefined }),
});
