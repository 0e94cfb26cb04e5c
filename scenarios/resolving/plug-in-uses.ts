import type { PlugInKind } from "../../engine/index.js";
import type { Path } from "../reading/place-index.js";
import { isRuleFile } from "../schema/rule-file.js";
import type { ResolvedScenario } from "./resolved-scenario.js";

/** A section of a scenario that names a file with a rule. */
export interface NamedRuleFile {
  /** `rule` and `with` stand in it. */
  readonly path: Path;
  readonly kind: PlugInKind;
  readonly section: { readonly rule: string; with?: Readonly<Record<string, unknown>> | null | undefined };
}

/** Every section that names a file with a rule, in the order of a scenario. */
export function namedRuleFiles({ vesting, emission, stages = [] }: ResolvedScenario): readonly NamedRuleFile[] {
  const multiplier = (path: Path, section: NamedRuleFile["section"] | null | undefined): NamedRuleFile[] =>
    section != null && isRuleFile(section.rule) ? [{ path, kind: "multiplier_rule", section }] : [];
  return [
    ...multiplier(["vesting"], vesting),
    ...stages.flatMap((stage, at): NamedRuleFile[] => {
      if (stage.plug_in !== undefined) return [{ path: ["stages", at, "plug_in"], kind: "weight_stage", section: stage.plug_in }];
      return multiplier(["stages", at, "multiplier"], stage.multiplier as NamedRuleFile["section"] | undefined);
    }),
    ...multiplier(["emission", "recorded_rule"], emission.recorded_rule),
  ];
}
