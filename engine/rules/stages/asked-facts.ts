import type { OwedUnit, StreamKind } from "../../tables/streams.js";
import { isAbsent } from "./absent-stage.js";
import type { Budget } from "./budget-book.js";
import { stageOf } from "./index.js";
import type { AskedFact } from "./stage.js";
import type { StageConfiguration } from "./stage-configuration.js";

const ALL: readonly AskedFact[] = ["key", "collateral", "volume", "earned", "moved", "scores", "obligations", "usd"];

/** Streams without which a fact is nothing but 0. */
export const STREAM_OF_FACT: Partial<Readonly<Record<AskedFact, StreamKind>>> = {
  collateral: "collateral",
  scores: "scores",
  obligations: "obligations",
  usd: "tao_price",
};

/** What a stage may ask besides what everybody's holdings tell; one of a user's own file may ask anything. */
export function askedFacts(one: StageConfiguration): readonly AskedFact[] {
  return factsOf(one, ALL);
}

/** What a stage, or one inside it, asks for sure: of one of a user's own file that is not known. */
export function surelyAskedFacts(one: StageConfiguration): readonly AskedFact[] {
  return factsOf(one, []);
}

function factsOf({ stage, parameters, variant, of }: StageConfiguration, own: readonly AskedFact[]): readonly AskedFact[] {
  if (typeof stage !== "string") return isAbsent({ stage }) ? [] : own;
  return stageOf(stage).asks?.({ ...parameters, variant, of } as never, (inner) => factsOf(inner as StageConfiguration, own)) ?? [];
}

/** Unit of the budget of a list that pays what is owed; null: it has none. */
export function budgetUnit(stages: readonly StageConfiguration[]): OwedUnit | null {
  const budget = stages.find(({ stage }) => stage === "budget")?.parameters as Budget | undefined;
  return budget?.owed === "obligations" ? budget.unit : null;
}

/** The same of a whole list. */
export function allAskedFacts(stages: readonly StageConfiguration[]): ReadonlySet<AskedFact> {
  return new Set(stages.flatMap(askedFacts));
}
