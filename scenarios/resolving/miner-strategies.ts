import {
  InvariantError,
  type MinerStrategyConfiguration,
  type MinerStrategyDeclaration,
  type MinerStrategyName,
  minerStrategyNamed,
  type PlugIn,
} from "../../engine/index.js";
import { type MinerGroupInput, type MinerStrategyInput, minerStrategySchema } from "../schema/closed-loop/miners.js";
import { parameterValues } from "../schema/parameters.js";
import { type PlugInRules, plugInAt } from "../schema/plug-in-rules.js";

/** A strategy with its short form written out. */
export function wholeStrategy(strategy: MinerGroupInput["strategy"]): MinerStrategyInput {
  const whole = typeof strategy === "string" ? minerStrategySchema.parse({ kind: strategy }) : strategy;
  if (typeof whole === "string") throw new InvariantError("a strategy was not written out");
  return whole as unknown as MinerStrategyInput;
}

/**
 * A strategy in the engine's terms.
 * @param path where the scenario states it
 */
export function strategyConfiguration(
  strategy: MinerStrategyInput,
  rules: PlugInRules,
  path: readonly (string | number)[],
): MinerStrategyConfiguration {
  if ("rule" in strategy && typeof strategy.rule === "string") {
    return { kind: "plug_in", plugIn: plugInAt(rules, path, { ...strategy, rule: strategy.rule }) as PlugIn<MinerStrategyDeclaration> };
  }
  const { kind } = strategy as { readonly kind: MinerStrategyName };
  return { kind, ...parameterValues(minerStrategyNamed(kind).parameters, strategy) } as MinerStrategyConfiguration;
}
