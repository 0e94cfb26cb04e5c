import type { PlugInKind } from "../../engine/index.js";
import type { Path } from "../reading/place-index.js";
import { isRuleFile } from "../schema/rule-file.js";
import type { StageInput } from "../schema/stages.js";
import type { ResolvedScenario } from "./resolved-scenario.js";

/** A section of a scenario that names a file with a rule. */
export interface NamedRuleFile {
  /** `with` and what names the file stand in it. */
  readonly path: Path;
  /** What names the file. */
  readonly key: "rule" | "formula";
  readonly kind: PlugInKind;
  readonly file: string;
  readonly section: { with?: Readonly<Record<string, unknown>> | null | undefined };
}

/** The stages of a list, and of the lists in it. */
function listed(stages: readonly StageInput[], path: Path): readonly { readonly path: Path; readonly stage: StageInput }[] {
  return stages.flatMap((stage, at) => [
    { path: [...path, at], stage },
    ...(stage.pools ?? []).flatMap((pool, p) => listed(pool.stages ?? [], [...path, at, "pools", p, "stages"])),
  ]);
}

/** Every section that names a file with a rule, in the order of a scenario. */
export function namedRuleFiles({
  vesting,
  emission,
  stages = [],
  index,
  closed_loop: loop,
  handed_over,
}: ResolvedScenario): readonly NamedRuleFile[] {
  const named = (path: Path, key: NamedRuleFile["key"], kind: PlugInKind, section: NamedRuleFile["section"] | null | undefined) => {
    const file = (section as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    return section != null && isRuleFile(file) ? [{ path, key, kind, file, section }] : [];
  };
  const multiplier = (path: Path, section: NamedRuleFile["section"] | null | undefined) => named(path, "rule", "multiplier_rule", section);
  const miner = (path: Path, strategy: object) => named(path, "rule", "miner_strategy", strategy as NamedRuleFile["section"]);
  return [
    ...multiplier(["vesting"], vesting),
    ...listed(stages, ["stages"]).flatMap(({ path, stage }): NamedRuleFile[] => {
      if (stage.plug_in !== undefined) return named([...path, "plug_in"], "rule", "weight_stage", stage.plug_in);
      return multiplier([...path, "multiplier"], stage.multiplier as NamedRuleFile["section"] | undefined);
    }),
    ...multiplier(["emission", "recorded_rule"], emission.recorded_rule),
    ...named(["index", "rewards", "score"], "formula", "score_rule", index?.rewards.score),
    ...(loop?.miners ?? []).flatMap(({ strategy }, at) => miner(["closed_loop", "miners", at, "strategy"], strategy)),
    ...(loop?.alternatives?.strategies ?? []).flatMap((one, at) => miner(["closed_loop", "alternatives", "strategies", at], one)),
    ...(handed_over ?? []).flatMap(({ strategy }, at) => miner(["handed_over", at, "strategy"], strategy)),
  ];
}
