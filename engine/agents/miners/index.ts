import { defaultsOf, requireParameters, type ValuesOf } from "../../rules/parameter.js";
import type { MinerStrategyDeclaration } from "./miner-strategy.js";
import { cliffSeller } from "./strategies/cliff-seller.js";
import { hold } from "./strategies/hold.js";
import { justInTime } from "./strategies/just-in-time.js";
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
export type { MinerAgent, MinerMeans, MinerStrategyDeclaration } from "./miner-strategy.js";
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
  uidInheritance,
  tierEdge,
] as const;
type Declared = (typeof DECLARED)[number];
export type MinerStrategyName = Declared["name"];

/** The strategies a group of miners can name: a line each. */
export const MINER_STRATEGIES = Object.fromEntries(DECLARED.map((one) => [one.name, one])) as unknown as Readonly<
  Record<MinerStrategyName, MinerStrategyDeclaration<MinerStrategyName>>
>;

/** How a miner acts: which strategy, and its parameters. */
export type MinerStrategyConfiguration = {
  [K in MinerStrategyName]: { readonly kind: K } & ValuesOf<Extract<Declared, { readonly name: K }>["parameters"]>;
}[MinerStrategyName];

/** What a strategy is declared as, whatever its parameters are. */
export function minerStrategyNamed(name: MinerStrategyName): MinerStrategyDeclaration {
  return MINER_STRATEGIES[name] as unknown as MinerStrategyDeclaration;
}

/** A strategy with its defaults. */
export function defaultMinerStrategy(name: MinerStrategyName): MinerStrategyConfiguration {
  return { kind: name, ...defaultsOf(minerStrategyNamed(name).parameters) } as MinerStrategyConfiguration;
}

/**
 * Refuses parameters that the strategy cannot act by.
 * @param path of the section, dotted
 * @param epochMs length of the subnet's epochs
 */
export function refuseMinerStrategy(described: MinerStrategyConfiguration, path: string, epochMs: number): void {
  const strategy = minerStrategyNamed(described.kind);
  requireParameters(strategy.parameters, described, path);
  strategy.refuse?.(described as never, path, epochMs);
}
