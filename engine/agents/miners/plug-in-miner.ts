import { TenureError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { type PlugIn, ruleOf } from "../../rules/plug-in.js";
import { asked, boundNothing, refuseUnread, threw } from "../../rules/rule-fault.js";
import type { MinerAgent, MinerMeans, MinerStrategyDeclaration } from "./miner-strategy.js";

/** Hotkeys that one agent can begin with. */
const MOST_KEYS = 256;

/** Hotkeys that an agent of a plug-in begins with. @throws RuleFault where they are no number of keys */
export function plugInKeys(own: PlugIn<MinerStrategyDeclaration>): number {
  const { keys } = ruleOf(own);
  if (keys === undefined) return 1;
  const found: unknown = asked(own, "its keys", () => keys(own.values as never));
  if (typeof found === "number" && floor(found) === found && found >= 1 && found <= MOST_KEYS) return found;
  throw boundNothing(own, found, `a whole number of keys from 1 to ${MOST_KEYS}`);
}

/**
 * An agent of a plug-in: what no agent may do it does not do.
 * @throws RuleFault, also from its decisions
 */
export function bindPlugInMiner(own: PlugIn<MinerStrategyDeclaration>, means: MinerMeans): MinerAgent {
  const rule = ruleOf(own);
  const { agent, decide } = asked(own, "an agent", () => {
    const agent = rule.bind(own.values as never, means) as Partial<MinerAgent> | null | undefined;
    return { agent, decide: agent?.decide };
  });
  refuseUnread(own, agent, ["decide"]);
  if (typeof decide !== "function") throw boundNothing(own, agent, "{ decide(seen, orders) } from bind");
  return {
    decide(seen, orders) {
      try {
        decide.call(agent, seen, orders);
      } catch (error) {
        // What it asked for and cannot be had says so itself.
        throw error instanceof TenureError ? error : threw(own, "a decision", error);
      }
    },
  };
}
