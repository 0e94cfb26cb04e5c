import { columnsByName, type OtherAnswer, OtherStages, RESULT_TABLES, ruleLabel, type StageConfiguration } from "../../../engine/index.js";
import { type OpenRun, runToSummary } from "../../../recorders/index.js";
import type { ValueDifference } from "../../../studies/index.js";
import { paidKeyText } from "../baseline/paid-line.js";
import { guardedScenario } from "../measure/guarded-scenario.js";
import type { TemporaryRun } from "../measure/temporary-runs.js";
import { readPeople } from "../terms/run-people.js";
import { stageNames, stageRule } from "../terms/term-layout.js";
import type { Parting } from "./parting.js";
import type { TraceRequest } from "./trace-request.js";

/** Whom the stages that changed hit by themselves. */
export interface StageHits {
  /** Where first, by `paidKeyText`: the stage makes something else of what it was given in the baseline. */
  readonly hits: ReadonlyMap<string, Parting>;
  /** Whether nothing but stages changed, so that all others move by their pay. */
  readonly isAll: boolean;
}

const OF_A_STAGE = /^stages\.(\d+)\./;

/**
 * Runs the baseline once more, and asks each stage of now that changed what it makes of what the stage of then is given there.
 * @returns null: no stage changed, or the lists have not the same stages
 */
export async function stageHits(
  before: TemporaryRun,
  now: TemporaryRun,
  changed: readonly Pick<ValueDifference, "path">[],
  { data, signal }: Pick<TraceRequest, "data" | "signal">,
): Promise<StageHits | null> {
  const [then, list] = [before, now].map(({ configuration }) => configuration.stages);
  const places = changed.flatMap(({ path }) => OF_A_STAGE.exec(path)?.[1] ?? []).map(Number);
  if (then === null || list === null || places.length === 0) return null;
  const namesOf = ({ stages }: typeof list) => JSON.stringify(stageNames(stages));
  if (namesOf(then) !== namesOf(list)) return null;
  const own = new Map<number, OtherAnswer>();
  const idle = new Map<number, OtherAnswer>();
  const others = new OtherStages(list, new Set(places), (answer) => {
    const known = answer.counts ? own : idle;
    if (!known.has(answer.position)) known.set(answer.position, answer);
  });
  await runToSummary(guardedScenario(before.scenario, []), { data, signal, others });
  const paid = new Set([...(await paidPositions(before.run)), ...(await paidPositions(now.run))]);
  const { keys } = await readPeople(before.run);
  const names = stageNames(list.stages);
  const hits = new Map<string, Parting>();
  for (const [position, who] of keys.entries()) {
    if (who === undefined) continue;
    const key = paidKeyText(who);
    // What is made of who has no weight moves no pay; it is all that there is to tell of who is never paid.
    const hit = own.get(position) ?? (paid.has(key) ? undefined : idle.get(position));
    if (hit !== undefined) hits.set(key, { ...who, epoch: hit.epoch, endMs: hit.endMs, ...causeOf(hit, names, list.stages) });
  }
  return { hits, isAll: changed.every(({ path }) => OF_A_STAGE.test(path)) };
}

type Cause = Pick<Parting, "cause" | "rule" | "before" | "after" | "isCommon" | "isChoice">;

function causeOf({ at, of, was, is }: OtherAnswer, names: readonly string[], stages: readonly StageConfiguration[]): Cause {
  if (of === "residual")
    return { cause: "stage.residual.goes_to", rule: "residual", before: null, after: null, isCommon: true, isChoice: true };
  const rule = stageRule(stages[at]);
  switch (of) {
    case "factor":
      return { cause: `${names[at]}.factor`, rule: ownLabel(stages[at]), before: was, after: is };
    case "bonus":
      // The numbers are those of the bonus.
      return { cause: `${names[at]}.factor`, rule: ownLabel(stages[at]), before: null, after: null };
    case "ceiling":
      return { cause: `${names[at]}.ceiling`, rule: ownLabel(stages[at]), before: was, after: is, isCommon: true };
    case "kept":
      return { cause: `${names[at]}.share`, rule, before: was, after: is, isCommon: true };
    case "share":
      return { cause: `${names[at]}.share`, rule, before: was, after: is };
  }
}

const ownLabel = ({ stage, variant }: StageConfiguration) => ruleLabel(variant ?? stage);

async function paidPositions(run: OpenRun): Promise<readonly string[]> {
  const paid: string[] = [];
  const { keys } = await readPeople(run);
  for await (const batch of run.readTable("positions")) {
    const { position, paidRao } = columnsByName(RESULT_TABLES.positions, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      const who = keys[position[row]];
      if (Number(paidRao[row]) > 0 && who !== undefined) paid.push(paidKeyText(who));
    }
  }
  return paid;
}
