import { TenureError } from "../../kernel/errors.js";
import { isWhole, requireThat, requireWithin } from "../../kernel/ranges.js";
import type { ResidualRow } from "../../tables/vocabularies/rest-rows.js";
import { PARAMETER_CODE, requireParameters } from "../parameter.js";
import { ruleLabel, ruleOf } from "../plug-in.js";
import { stageOf } from "./index.js";
import { poolsOf, stageOrderFault } from "./list-order.js";
import { POOL_SHARE_RANGE, type PoolConfiguration } from "./pool-configuration.js";
import type { StageConfiguration } from "./stage-configuration.js";

/** A list that makes no sense: its order, its length, or what its factors come to. */
export const STAGE_ORDER_CODE = "TEN-RULE-024";

/**
 * @param residual null: shares are normalised to 1
 * @throws TenureError for a parameter out of its range, or a list in an order that makes no sense; `path` is that of the list
 */
export function requireStages(stages: readonly StageConfiguration[], residual: ResidualRow | null, path: string): void {
  requireValues(stages, path);
  const fault = stageOrderFault(stages, residual);
  if (fault === null) return;
  const inPool = fault.pool === undefined ? "" : `.pools.${fault.pool}${fault.within === undefined ? "" : `.stages.${fault.within}`}`;
  throw new TenureError({
    code: STAGE_ORDER_CODE,
    what: `A list of stages makes no sense: ${fault.what}.`,
    place: { path: `${path}.${fault.at}${inPool}` },
    found: stages.map(({ stage }) => ruleLabel(stage)).join(", "),
    allowed: "a list in which each stage does something",
    hint: fault.hint,
  });
}

function requireValues(stages: readonly StageConfiguration[], path: string): void {
  stages.forEach((one, i) => {
    const { stage, parameters, variant, of } = one;
    const at = `${path}.${i}.${typeof stage === "string" ? stage : "plug_in.with"}`;
    const declared = stageOf(stage);
    requireParameters(declared.parameters, typeof stage === "string" ? parameters : stage.values, at);
    const variants = "variants" in declared ? declared.variants : undefined;
    if (typeof variant === "object") requireParameters(ruleOf(variant).parameters, variant.values, `${at}.with`);
    else if (variants !== undefined) requireParameters(variants.rules[variant as string].parameters, of as object, at);
    for (const [p, pool] of poolsOf(one).entries()) requirePool(pool, `${at}.${p}`);
  });
}

function requirePool({ share, members, stages }: PoolConfiguration<StageConfiguration>, path: string): void {
  requireWithin(share, POOL_SHARE_RANGE, PARAMETER_CODE, `${path}.share`);
  if (members.kind === "uids" || members.kind === "ranks") {
    const { kind, from, to } = members;
    const least = kind === "uids" ? 0 : 1;
    const holds = isWhole(from, least, Number.MAX_SAFE_INTEGER) && isWhole(to, from, Number.MAX_SAFE_INTEGER);
    requireThat(holds, PARAMETER_CODE, `${path}.members.${kind}`, `[${from}, ${to}]`, `[first, last], whole, ${least} or more`);
  }
  requireValues(stages, `${path}.stages`);
}
