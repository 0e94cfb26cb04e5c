import type { ResultTableName } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import type { Figure } from "../figures/figure.js";
import { firstEvent, type PartingEvent, type PlacedParting, placePartings } from "./first-event.js";
import { runDifferences, type ScenarioDifferences } from "./pairing.js";
import { type PayShift, payShift } from "./pay-shift.js";
import { runOutcome } from "./run-outcome.js";
import { stagePartings } from "./stage-parting.js";
import { tablePartings } from "./table-parting.js";

/** A figure of two runs. */
export interface FigurePair extends Omit<Figure, "value"> {
  /** Null: the run has no such figure. */
  readonly a: number | null;
  readonly b: number | null;
}

/** How two finished runs differ. */
export interface RunComparison {
  /** All tables that both recorded have the same bytes, and both recorded the same ones. */
  readonly equal: boolean;
  /** The first event at which they part; null: no event of a table that both recorded differs. */
  readonly firstEvent: PartingEvent | null;
  /** Every table that differs with its first row that does, in the order of the declarations. */
  readonly parted: readonly (PlacedParting & { readonly rows: readonly [number, number] })[];
  readonly only: { readonly a: readonly ResultTableName[]; readonly b: readonly ResultTableName[] };
  /** What of the scenarios differs. */
  readonly scenario: ScenarioDifferences;
  /** In the order of the registry. */
  readonly figures: readonly FigurePair[];
  readonly pay: PayShift;
}

/** Compares two finished runs, of whatever scenarios. Each table of either is checked against its manifest first. */
export async function compareRuns(a: OpenRun, b: OpenRun, options: { readonly signal?: AbortSignal } = {}): Promise<RunComparison> {
  const { parted, only } = await tablePartings(a, b, options.signal);
  const placed = await placePartings(a, b, parted);
  const ofLikeStages = await stagePartings(a, b, parted, options.signal);
  const [outcomeA, outcomeB] = [await runOutcome(a), await runOutcome(b)];
  return {
    equal: parted.length === 0 && only.a.length === 0 && only.b.length === 0,
    firstEvent: firstEvent(ofLikeStages === parted ? placed : await placePartings(a, b, ofLikeStages)),
    parted: placed.map((parting, at) => ({ ...parting, rows: parted[at].rows })),
    only,
    scenario: runDifferences(a.manifest, b.manifest),
    figures: pairFigures(outcomeA.figures, outcomeB.figures),
    pay: payShift(outcomeA.miners, outcomeB.miners),
  };
}

/** Figures by name, in the order of a, then what only b has. */
export function pairFigures(a: readonly Figure[], b: readonly Figure[]): readonly FigurePair[] {
  const [inA, inB] = [a, b].map((figures) => new Map(figures.map((figure) => [figure.name, figure])));
  return [...new Map([...inA, ...inB]).values()].map(({ name, unit, meaning }) => ({
    name,
    unit,
    meaning,
    a: inA.get(name)?.value ?? null,
    b: inB.get(name)?.value ?? null,
  }));
}
