import type { HandedOverConfiguration } from "../../engine/index.js";
import type { HandedOverInput } from "../schema/handed-over/handed-over.js";
import type { PlugInRules } from "../schema/plug-in-rules.js";
import { strategyConfiguration, wholeStrategy } from "./miner-strategies.js";
import { momentMs, rao } from "./well-formed.js";

/**
 * The section with its short forms written out; resolving it again gives the same.
 * @param only the netuid that the scenario names, where it names one
 */
export function resolveHandedOver(input: HandedOverInput, only: number) {
  return input.map(({ name, hotkey, netuid, strategy, ...rest }) => {
    const hotkeys = typeof hotkey === "string" ? [hotkey] : hotkey;
    return { name: name ?? hotkeys[0], ...rest, hotkey: hotkeys, netuid: netuid ?? only, strategy: wholeStrategy(strategy) };
  });
}

export type ResolvedHandedOver = ReturnType<typeof resolveHandedOver>;

/** The section in the engine's terms. */
export function handedOverConfigurations(handed: ResolvedHandedOver, rules: PlugInRules = new Map()): HandedOverConfiguration[] {
  return handed.map(({ name, hotkey: hotkeys, coldkey, netuid, from, strategy, tao }, at) => ({
    name,
    netuid,
    hotkeys,
    coldkey,
    fromMs: momentMs(from),
    strategy: strategyConfiguration(strategy, rules, ["handed_over", at, "strategy"]),
    taoRao: rao(tao),
  }));
}
