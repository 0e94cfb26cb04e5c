import {
  columnsByName,
  isAbsent,
  type OtherAnswer,
  OtherStages,
  RESULT_TABLES,
  ruleLabel,
  type StageConfiguration,
} from "../../../engine/index.js";
import { type OpenRun, runToSummary } from "../../../recorders/index.js";
import type { ValueDifference } from "../../../studies/index.js";
import { paidKeyText } from "../baseline/paid-line.js";
import { guardedScenario } from "../measure/guarded-scenario.js";
import type { TemporaryRun } from "../measure/temporary-runs.js";
import { readPeople } from "../terms/run-people.js";
import { stageRule } from "../terms/term-layout.js";
import type { Parting } from "./parting.js";
import { type StagesBeside, stagesBeside } from "./stages-beside.js";
import type { TraceRequest } from "./trace-request.js";

/** Whom the stages that changed hit by themselves. */
export interface StageHits {
  /** Where first, by `paidKeyText`: the stage makes something else of what it was given in the baseline. */
  readonly hits: ReadonlyMap<string, Parting>;
  /** Whether nothing but stages changed, so that all others move by their pay. */
  readonly isAll: boolean;
}

const OF_STAGES = /^stages(\.|$)/;

/**
 * Runs the baseline once more, and asks each stage of now that changed what it makes of what the stage of then is given there; where one of the lists
 * has none there, of nothing beside it, which leaves all as it is.
 * @returns null: no stage changed, or one of them has no list
 */
export async function stageHits(
  before: TemporaryRun,
  now: TemporaryRun,
  changed: readonly Pick<ValueDifference, "path">[],
  { data, signal }: Pick<TraceRequest, "data" | "signal">,
): Promise<StageHits | null> {
  const [then, list] = [before, now].map(({ configuration }) => configuration.stages);
  if (then === null || list === null || !changed.some(({ path }) => OF_STAGES.test(path))) return null;
  const beside = stagesBeside(then.stages, list.stages);
  const places = beside.flatMap(({ isOther }, at) => (isOther ? [at] : []));
  if (places.length === 0 && then.residual === list.residual) return null;
  const own = new Map<number, OtherAnswer>();
  const idle = new Map<number, OtherAnswer>();
  const others = new OtherStages(
    { ...then, stages: beside.map((one) => one.before) },
    { ...list, stages: beside.map((one) => one.now) },
    new Set(places),
    (answer) => {
      const known = answer.counts ? own : idle;
      if (!known.has(answer.position)) known.set(answer.position, answer);
    },
  );
  await runToSummary(guardedScenario(before.scenario, []), { data, signal, others });
  const paid = new Set([...(await paidPositions(before.run)), ...(await paidPositions(now.run))]);
  const { keys } = await readPeople(before.run);
  const hits = new Map<string, Parting>();
  for (const [position, who] of keys.entries()) {
    if (who === undefined) continue;
    const key = paidKeyText(who);
    // What is made of who has no weight moves no pay; it is all that there is to tell of who is never paid.
    const hit = own.get(position) ?? (paid.has(key) ? undefined : idle.get(position));
    if (hit !== undefined) hits.set(key, { ...who, epoch: hit.epoch, endMs: hit.endMs, ...causeOf(hit, beside) });
  }
  return { hits, isAll: changed.every(({ path }) => OF_STAGES.test(path)) };
}

type Cause = Pick<Parting, "cause" | "rule" | "before" | "after" | "isCommon" | "isChoice">;

function causeOf({ at, of, was, is }: OtherAnswer, beside: readonly StagesBeside[]): Cause {
  if (of === "residual")
    return { cause: "stage.residual.goes_to", rule: "residual", before: null, after: null, isCommon: true, isChoice: true };
  const { name, before, now } = beside[at];
  const stage = isAbsent(now) ? before : now;
  const rule = stageRule(stage);
  switch (of) {
    case "factor":
      return { cause: `${name}.factor`, rule: ownLabel(stage), before: was, after: is };
    case "bonus":
      // The numbers are those of the bonus.
      return { cause: `${name}.factor`, rule: ownLabel(stage), before: null, after: null };
    case "ceiling":
      return { cause: `${name}.ceiling`, rule: ownLabel(stage), before: was, after: is, isCommon: true };
    case "kept":
      return { cause: `${name}.share`, rule, before: was, after: is, isCommon: true };
    case "share":
      return { cause: `${name}.share`, rule, before: was, after: is };
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
