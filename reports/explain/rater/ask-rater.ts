import type { ResultTableName } from "../../../engine/index.js";
import type { OpenRun } from "../../../recorders/index.js";
import { readEpochs } from "../../reading/epochs.js";
import { rulesOf } from "../../rules.js";
import type { Asked } from "../asked.js";
import { explainRater, type RaterExplanation } from "./explain-rater.js";
import { type Rater, ratersOf } from "./find-rater.js";

/** Large tables that say nothing of who rates. */
const UNREAD: readonly ResultTableName[] = [
  "coldkeys",
  "exits",
  "flows",
  "holdings",
  "prices",
  "rewards",
  "stage_weights",
  "tranches",
  "weights",
];

/** A validator of a closed loop in one epoch, the last one where none is named. */
export async function askRater(run: OpenRun, rater: Rater, epoch: number | "last" | undefined): Promise<Asked<RaterExplanation>> {
  const { netuid, name } = rater;
  const wanted = typeof epoch === "number" ? epoch : undefined;
  const chosen = (await readEpochs(run)).choose(netuid, wanted);
  const { yuma = null } = rulesOf(run, "closed_loop");
  const traced = chosen === undefined || yuma === null ? null : { netuid, epoch: chosen.epoch };
  return {
    lacks: [],
    record: { everyEpochs: chosen?.epoch ?? 1, without: UNREAD, traced },
    isLeftToLast: epoch === undefined,
    explain: (from) => explainRater(from, rater, chosen?.epoch),
    explainOther: async (other) => {
      const same = ratersOf(other).find((one) => one.netuid === netuid && one.name === name);
      const isThere = chosen !== undefined && (await readEpochs(other)).find(netuid, chosen.epoch) !== undefined;
      return same === undefined || !isThere ? null : explainRater(other, same, chosen.epoch);
    },
  };
}
