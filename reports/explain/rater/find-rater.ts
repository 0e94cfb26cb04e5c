import { memberNames, type RatingGroup, TenureError } from "../../../engine/index.js";
import type { OpenRun } from "../../../recorders/index.js";
import { scenarioFromResolved } from "../../../scenarios/index.js";
import { fitting } from "../../find-miner.js";

/** A validator of a closed loop: it rates miners, and holds no position. */
export interface Rater {
  readonly name: string;
  readonly netuid: number;
  readonly group: RatingGroup;
  /** Part of the validators' stake that a weight needs, to count, where none of them has bonds. */
  readonly kappa: number;
}

/** Every validator of the closed loops of a run, subnet by subnet in the order of the scenario. */
export function ratersOf(run: OpenRun): readonly Rater[] {
  if (run.manifest.summary.closed_loop === null) return [];
  const { closedLoops } = scenarioFromResolved(run.manifest.scenario.resolved).configuration;
  return closedLoops.flatMap(({ netuid, validators, kappa }) =>
    validators.flatMap((group) => memberNames(group).map((name) => ({ name, netuid, group, kappa }))),
  );
}

/**
 * The validator that a reader means by a key: its name, or a part of one that fits no other. Null: none is called so.
 * @throws TenureError `TEN-REPORT-055` several, or one of several subnets
 */
export function findRater(raters: readonly Rater[], key: string): Rater | null {
  const found = fitting(raters, key, ({ name }) => name);
  if (found.length <= 1) return found[0] ?? null;
  const names = [...new Set(found.map(({ name }) => name))];
  const netuids = [...new Set(found.map(({ netuid }) => netuid))].join(", ");
  const [only] = names;
  throw new TenureError({
    code: "TEN-REPORT-055",
    what: "The key fits several validators of the closed loop.",
    place: { path: names.length === 1 ? "--netuid" : "--hotkey" },
    found: key,
    allowed: names.length === 1 ? `${only} of one of the subnets ${netuids}` : `one of ${names.join(", ")}`,
    hint: names.length === 1 ? "Name its subnet: `tenure explain ... --netuid`." : "Give more of the name.",
  });
}
