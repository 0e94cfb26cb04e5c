import { type PoolConfiguration, type StageConfiguration, snakeCase } from "../../engine/index.js";
import { statedDecimal } from "../format/stated-decimal.js";
import type { Elsewhere, StageStep } from "../stage-step.js";
import { poolTerm } from "../traced-stages.js";
import { addRuleTerms, ownParameters } from "./rule-terms.js";
import type { StepList } from "./step-list.js";

/** The last term of a stage that gives out shares, where it told of them. */
const WEIGHT = "weight";
const MEASURED = { held_share: "holdings.held_share", held_days: "holdings.held_days" };

/**
 * What each stage of a list did: its factor and its terms, or the share that it gave out anew.
 * @param configurations by place in the list; that of `residual` is not among them
 * @param first id of what the first stage begins with
 * @param shared what the list shares: of an index subnet its base pool
 * @returns the id of what they end with
 */
export function addStages(
  list: StepList,
  stages: readonly StageStep[],
  configurations: readonly StageConfiguration[],
  first: string,
  { within = "stage", shared = "whole pot" }: { readonly within?: string; readonly shared?: "whole pot" | "base pool" } = {},
): string {
  let before = first;
  let kept: string[] = [];
  for (const step of stages) {
    const at = `${within}.${step.stage}`;
    const configuration = configurations[step.stage - 1];
    addParameters(list, at, configuration);
    const label = step.variant === null || step.effect === "residual" ? step.name : `${step.name} ${step.variant}`;
    const prefix = `${at}.${step.name}`;
    const own = ownParameters(configuration?.stage) ?? ownParameters(configuration?.variant);
    const of = { list, step, at, prefix, label, before, base: first, own };
    if (step.effect === "factor") before = addFactor(of);
    else if (step.effect === "share") before = addShare(of, poolIds(of, configuration));
    else if (step.effect === "keep") {
      list.add(`${prefix}.kept`, step.kept, {
        rule: label,
        unit: "0..1",
        from: parametersOf(list, at),
        words: "what it leaves of the pot, wherever it stands",
      });
      kept = [...kept, `${prefix}.kept`];
    } else {
      const id = `${prefix}.share`;
      const words = kept.length > 0 ? `share * what the stages that keep leave: of the ${shared}` : `share of the ${shared}`;
      list.add(id, step.share_after, { rule: label, unit: "0..1", from: [before, ...kept], words: words + elsewhereWords(step.elsewhere) });
      before = id;
    }
  }
  return before;
}

/** A step, and where its terms go. */
interface StepOf {
  readonly list: StepList;
  readonly step: StageStep;
  /** Of the ids: `stage.2`, of a pool `stage.2.pool.best.1`. */
  readonly at: string;
  readonly prefix: string;
  readonly label: string;
  /** Id of the share before it. */
  readonly before: string;
  /** Id of the share that the list began with. */
  readonly base: string;
  /** Names of the parameters of a rule of one's own; null: it comes with Tenure. */
  readonly own: ReadonlySet<string> | null;
}

/**
 * Of pools whose stages were traced: their steps.
 * @returns ids of the share that each pool ends with, by the name of the term that holds it
 */
function poolIds({ list, step, at, before }: StepOf, configuration: StageConfiguration | undefined): Readonly<Record<string, string>> {
  const ids: Record<string, string> = {};
  const stated = Object.assign({}, configuration?.parameters, configuration?.of) as { readonly pools?: readonly PoolConfiguration[] };
  for (const { name, base_share, steps } of step.pools) {
    const within = `${at}.pool.${name}`;
    const others = `others.${within}.members`;
    const share = step.share_before ?? 0;
    list.add(others, base_share > 0 ? share / base_share - share : null, {
      unit: "0..1",
      words: `what the other members of pool ${name} have before the stage`,
    });
    list.add(`${within}.base_share`, base_share, {
      unit: "0..1",
      from: [before, others],
      words: "share / (share + others.members): of the pool",
    });
    const stages = (stated.pools?.find((pool) => pool.name === name)?.stages ?? []) as readonly StageConfiguration[];
    ids[poolTerm(name)] = addStages(list, steps, stages, `${within}.base_share`, { within });
  }
  return ids;
}

/** What the scenario states for a stage: numbers and words, and lists as they are written. */
function addParameters(list: StepList, at: string, configuration: StageConfiguration | undefined): void {
  const { stage: choice, parameters = {}, of = {}, variant } = configuration ?? { stage: "" };
  const own = [choice, variant].flatMap((one) => (typeof one === "object" ? [one.values] : []));
  for (const [name, value] of Object.entries(Object.assign({}, parameters, of, ...own) as Record<string, unknown>)) {
    if (value === null || value === undefined) continue;
    if (choice === "pools") {
      addPoolShares(list, at, value as readonly PoolConfiguration[]);
      continue;
    }
    const stated = typeof value === "number" ? value : typeof value === "object" ? JSON.stringify(value) : String(value);
    list.add(`parameter.${at}.${snakeCase(name)}`, stated, { words: `of ${at.replace(/^stage\./, "stage ")} in the scenario` });
  }
}

function addPoolShares(list: StepList, at: string, pools: readonly PoolConfiguration[]): void {
  for (const { name, share } of pools) {
    list.add(`parameter.${at}.${name}`, share, { unit: "0..1", words: `share of pool ${name} of ${at.replace(".", " ")} in the scenario` });
  }
}

function parametersOf({ steps }: StepList, at: string): readonly string[] {
  return steps.flatMap(({ term }) => (term.startsWith(`parameter.${at}.`) ? [term] : []));
}

function elsewhereWords(elsewhere: readonly Elsewhere[] | null): string {
  if (elsewhere === null || elsewhere.length === 0) return "";
  return `; elsewhere go ${elsewhere.map(({ goes_to, share }) => `${goes_to} ${statedDecimal(share)}`).join(", ")}`;
}

function addFactor({ list, step, at, prefix, label, before, own }: StepOf): string {
  const parameters = `parameter.${at}`;
  const note = step.note === null ? "" : ` ${step.note}`;
  const result = addRuleTerms(list, step.terms, { prefix, parameters, rule: label, inputs: MEASURED, own });
  const id = `${prefix}.factor`;
  if (result !== id) {
    const withheld = step.withheld_by === null ? "" : `; stage ${step.withheld_by} withholds the bonus, so it is 1`;
    const told = result === null ? "by what its weight was multiplied" : "what its rule answers";
    if (!list.has(id))
      list.add(id, step.factor, {
        rule: label,
        from: [result ?? "holdings.stake"],
        words: `${told}${withheld}${note === "" ? "" : `.${note}`}`,
      });
  }
  const whole = `${prefix}.whole`;
  if (step.ceiling !== null) {
    list.add(whole, step.ceiling, { rule: label, words: "the largest factor that it can give: what a factor stays below it is not paid" });
  } else if (step.share_before !== null && step.share_after !== null && step.factor !== null && step.share_after > 0) {
    const sum = (step.share_before * step.factor) / step.share_after;
    list.add(whole, sum, { words: "sum of share * factor over all who share" });
  }
  return addAfter(list, step, prefix, label, [before, id, whole], "share * factor / whole: its share if the list ended here");
}

function addShare({ list, step, at, prefix, label, before, base, own }: StepOf, pools: Readonly<Record<string, string>>): string {
  const others = `others.${at}`;
  if (step.share_before !== null) {
    list.add(others, 1 - step.share_before, { unit: "0..1", words: "what all others, and nobody, have before the stage" });
  }
  if (step.terms.some(({ name }) => name === WEIGHT)) {
    const inputs = { ...(own === null ? {} : MEASURED), share_before: before, base_share: base, ...pools };
    const stated = parametersOf(list, at);
    const weight = addRuleTerms(list, step.terms, { prefix, parameters: `parameter.${at}`, rule: label, inputs, stated, own }) ?? before;
    const value = step.terms[step.terms.length - 1].value;
    if (step.share_after === null || step.share_after === value || step.share_after === 0) {
      return addAfter(list, step, prefix, label, [weight], "its weight: its share if the list ended here");
    }
    list.add(`${prefix}.whole`, value / step.share_after, {
      words: "by what weights are divided: the sum of all, or under a residual the largest that factors can give",
    });
    return addAfter(list, step, prefix, label, [weight, `${prefix}.whole`], "weight / whole: its share if the list ended here");
  }
  const ids: string[] = [];
  for (const { name, formula, value } of step.terms) {
    list.add(`${prefix}.${name}`, value, { rule: label, from: [before, others], words: formula });
    ids.push(`${prefix}.${name}`);
  }
  return addAfter(list, step, prefix, label, [before, ...ids, others, ...parametersOf(list, at)], `what ${label} gives out anew`);
}

function addAfter(list: StepList, step: StageStep, prefix: string, label: string, from: readonly string[], words: string): string {
  const id = `${prefix}.share`;
  const missing = step.share_after === null ? "; not recorded (record.tables: stage_weights, record.stage_weights: every)" : "";
  list.add(id, step.share_after, { rule: label, unit: "0..1", from, words: `${words}${missing}` });
  return id;
}
