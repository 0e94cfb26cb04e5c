import type { TracedRule } from "./list-trace.js";
import type { StageConfiguration } from "./stage-configuration.js";

/** The rule of a file that a stage is, or that it asks; null: it is built in. */
export function ownRule({ stage, variant }: StageConfiguration): TracedRule | null {
  if (typeof stage === "object") return { rule: stage, result: "factor" };
  return typeof variant === "object" ? { rule: variant, result: "multiplier" } : null;
}
