import { type PoolConfiguration, type StageConfiguration, snakeCase } from "../../engine/index.js";
import { statedDecimal } from "../format/stated-decimal.js";
import type { Elsewhere, StageStep } from "../stage-step.js";
import { addRuleTerms } from "./rule-terms.js";
import type { StepList } from "./step-list.js";

const MEASURED = { held_share: "holdings.held_share", held_days: "holdings.held_days" };

/**
 * What each stage of a list did: its factor and its terms, or the share that it gave out anew.
 * @param configurations by place in the list; that of `residual` is not among them
 * @param first id of what the first stage begins with
 * @returns the id of what they end with
 */
export function addStages(
  list: StepList,
  stages: readonly StageStep[],
  configurations: readonly StageConfiguration[],
  first: string,
): string {
  let before = first;
  let kept: string[] = [];
  for (const step of stages) {
    addParameters(list, step.stage, configurations[step.stage - 1]);
    const label = step.variant === null || step.effect === "residual" ? step.name : `${step.name} ${step.variant}`;
    const prefix = `stage.${step.stage}.${step.name}`;
    if (step.effect === "factor") before = addFactor(list, step, prefix, label, before);
    else if (step.effect === "share") before = addShare(list, step, prefix, label, before);
    else if (step.effect === "keep") {
      list.add(`${prefix}.kept`, step.kept, {
        rule: label,
        unit: "0..1",
        from: parametersOf(list, step.stage),
        words: "what it leaves of the pot, wherever it stands",
      });
      kept = [...kept, `${prefix}.kept`];
    } else {
      const id = `${prefix}.share`;
      const words = kept.length > 0 ? "share * what the stages that keep leave: of the whole pot" : "share of the whole pot";
      list.add(id, step.share_after, { rule: label, unit: "0..1", from: [before, ...kept], words: words + elsewhereWords(step.elsewhere) });
      before = id;
    }
  }
  return before;
}

/** What the scenario states for a stage: numbers and words, and lists as they are written. */
function addParameters(list: StepList, stage: number, configuration: StageConfiguration | undefined): void {
  const { stage: choice, parameters = {}, of = {}, variant } = configuration ?? { stage: "" };
  const own = [choice, variant].flatMap((one) => (typeof one === "object" ? [one.values] : []));
  for (const [name, value] of Object.entries(Object.assign({}, parameters, of, ...own) as Record<string, unknown>)) {
    if (value === null || value === undefined) continue;
    if (choice === "pools") {
      addPoolShares(list, stage, value as readonly PoolConfiguration[]);
      continue;
    }
    const stated = typeof value === "number" ? value : typeof value === "object" ? JSON.stringify(value) : String(value);
    list.add(`parameter.stage.${stage}.${snakeCase(name)}`, stated, { words: `of stage ${stage} in the scenario` });
  }
}

function addPoolShares(list: StepList, stage: number, pools: readonly PoolConfiguration[]): void {
  for (const { name, share } of pools) {
    list.add(`parameter.stage.${stage}.${name}`, share, { unit: "0..1", words: `share of pool ${name} of stage ${stage} in the scenario` });
  }
}

function parametersOf({ steps }: StepList, stage: number): readonly string[] {
  return steps.flatMap(({ term }) => (term.startsWith(`parameter.stage.${stage}.`) ? [term] : []));
}

function elsewhereWords(elsewhere: readonly Elsewhere[] | null): string {
  if (elsewhere === null || elsewhere.length === 0) return "";
  return `; elsewhere go ${elsewhere.map(({ goes_to, share }) => `${goes_to} ${statedDecimal(share)}`).join(", ")}`;
}

function addFactor(list: StepList, step: StageStep, prefix: string, label: string, before: string): string {
  const parameters = `parameter.stage.${step.stage}`;
  const note = step.note === null ? "" : ` ${step.note}`;
  const result = addRuleTerms(list, step.terms, { prefix, parameters, rule: label, inputs: MEASURED });
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

function addShare(list: StepList, step: StageStep, prefix: string, label: string, before: string): string {
  const others = `others.stage.${step.stage}`;
  if (step.share_before !== null) {
    list.add(others, 1 - step.share_before, { unit: "0..1", words: "what all others, and nobody, have before the stage" });
  }
  const ids: string[] = [];
  for (const { name, formula, value } of step.terms) {
    list.add(`${prefix}.${name}`, value, { rule: label, from: [before, others], words: formula });
    ids.push(`${prefix}.${name}`);
  }
  return addAfter(list, step, prefix, label, [before, ...ids, others, ...parametersOf(list, step.stage)], `what ${label} gives out anew`);
}

function addAfter(list: StepList, step: StageStep, prefix: string, label: string, from: readonly string[], words: string): string {
  const id = `${prefix}.share`;
  const missing = step.share_after === null ? "; not recorded (record.tables: stage_weights, record.stage_weights: every)" : "";
  list.add(id, step.share_after, { rule: label, unit: "0..1", from, words: `${words}${missing}` });
  return id;
}
