import { defaultsOf } from "../../rules/parameter.js";
import { isRead, type PlugIn, ruleLabel } from "../../rules/plug-in.js";
import { byName, type Described, refuseParameters } from "../agent-strategy.js";
import type { Collusion, MinerAgent, MinerMeans, MinerStrategyDeclaration } from "./miner-strategy.js";
import { bindPlugInMiner, plugInKeys } from "./plug-in-miner.js";
import { cliffSeller } from "./strategies/cliff-seller.js";
import { collude } from "./strategies/collude.js";
import { hold } from "./strategies/hold.js";
import { justInTime } from "./strategies/just-in-time.js";
import { pricePush } from "./strategies/price-push.js";
import { rational } from "./strategies/rational.js";
import { rotate } from "./strategies/rotate.js";
import { sellAll } from "./strategies/sell-all.js";
import { sellFraction } from "./strategies/sell-fraction.js";
import { sellSchedule } from "./strategies/sell-schedule.js";
import { stopLoss } from "./strategies/stop-loss.js";
import { sybilSplit } from "./strategies/sybil-split.js";
import { takeProfit } from "./strategies/take-profit.js";
import { targetMultiplier } from "./strategies/target-multiplier.js";
import { thresholdDrain } from "./strategies/threshold-drain.js";
import { tierEdge } from "./strategies/tier-edge.js";
import { topUpMask } from "./strategies/top-up-mask.js";
import { uidInheritance } from "./strategies/uid-inheritance.js";
import { washCycle } from "./strategies/wash-cycle.js";

export type { MinerOrders } from "./miner-orders.js";
export type { Collusion, MinerAgent, MinerMeans, MinerStrategyDeclaration } from "./miner-strategy.js";
export type { MinerKey, MinerView, OtherSeat } from "./miner-view.js";

const DECLARED = [
  hold,
  sellAll,
  sellFraction,
  sellSchedule,
  takeProfit,
  stopLoss,
  cliffSeller,
  targetMultiplier,
  rational,
  sybilSplit,
  justInTime,
  washCycle,
  rotate,
  thresholdDrain,
  topUpMask,
  pricePush,
  uidInheritance,
  tierEdge,
  collude,
] as const;
type Declared = (typeof DECLARED)[number];
export type MinerStrategyName = Declared["name"];

/** The strategies a group of miners can name: a line each. */
export const MINER_STRATEGIES = byName<Declared>(DECLARED) as unknown as Readonly<
  Record<MinerStrategyName, MinerStrategyDeclaration<MinerStrategyName>>
>;

/** A strategy that is built in, and its parameters. */
export type BuiltInStrategy = Described<Declared>;

/** How a miner acts: by a strategy that is built in, or by one of a file of a user's own. */
export type MinerStrategyConfiguration = BuiltInStrategy | { readonly kind: "plug_in"; readonly plugIn: PlugIn<MinerStrategyDeclaration> };

/** What a strategy is declared as, whatever its parameters are. */
export function minerStrategyNamed(name: MinerStrategyName): MinerStrategyDeclaration {
  return MINER_STRATEGIES[name] as unknown as MinerStrategyDeclaration;
}

/** A strategy with its defaults. */
export function defaultMinerStrategy(name: MinerStrategyName): MinerStrategyConfiguration {
  return { kind: name, ...defaultsOf(minerStrategyNamed(name).parameters) } as MinerStrategyConfiguration;
}

/**
 * Refuses parameters that the strategy cannot act by; those of a file of one's own were checked when it was read.
 * @param path of the section, dotted
 * @param epochMs length of the subnet's epochs
 */
export function refuseMinerStrategy(described: MinerStrategyConfiguration, path: string, epochMs: number): void {
  if (described.kind === "plug_in") return;
  refuseParameters(minerStrategyNamed(described.kind), described, path, epochMs);
}

/** How reports call a strategy. */
export function minerStrategyLabel(described: MinerStrategyConfiguration): string {
  return described.kind === "plug_in" ? ruleLabel(described.plugIn) : described.kind;
}

/** Hotkeys that who follows it begins with. @throws RuleFault of a plug-in that fails; one that was not read counts as one key */
export function minerKeys(described: MinerStrategyConfiguration): number {
  if (described.kind === "plug_in") return isRead(described.plugIn) ? plugInKeys(described.plugIn) : 1;
  return minerStrategyNamed(described.kind).keys?.(described as never) ?? 1;
}

/** Does it need seats that it can register or take over? What a file wants is not known: what is not to be had is refused order by order. */
export function minerNeedsSeats(described: MinerStrategyConfiguration): boolean {
  return described.kind !== "plug_in" && minerStrategyNamed(described.kind).needsSeats === true;
}

/** What validators of their owner do for miners who follow it; null: nothing. */
export function collusionOf(described: MinerStrategyConfiguration): Collusion | null {
  if (described.kind === "plug_in") return null;
  return minerStrategyNamed(described.kind).colludes?.(described as never) ?? null;
}

/** One miner who follows it. @throws RuleFault of a plug-in that fails */
export function bindMiner(described: MinerStrategyConfiguration, means: MinerMeans): MinerAgent {
  if (described.kind === "plug_in") return bindPlugInMiner(described.plugIn, means);
  return minerStrategyNamed(described.kind).bind(described as never, means);
}
