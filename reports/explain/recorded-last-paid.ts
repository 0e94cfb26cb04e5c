import type { OpenRun } from "../../recorders/index.js";
import { lastPaidEpoch } from "../last-paid.js";
import { readEpochs } from "../reading/epochs.js";
import { readPositions } from "../reading/positions.js";
import { kindOf, rulesToExplain } from "../rules.js";
import type { AnyExplanation } from "./any-explanation.js";

/**
 * What a run itself recorded of the pay before an epoch that pays nothing: a second run keeps the epoch that is explained, and few others.
 * @param found of the second run
 */
export async function withLastPaid(found: AnyExplanation, run: OpenRun): Promise<AnyExplanation> {
  if (!("last_paid" in found)) return found;
  const { epoch, pay, position } = found;
  if (epoch === null || pay.epoch_paid_rao !== 0n || !run.tables.includes("rewards")) return found;
  const rules = await rulesToExplain(run, kindOf(run, position.netuid));
  const last = await lastPaidEpoch(run, rules, position, await readPositions(run), await readEpochs(run), epoch);
  return { ...found, last_paid: last, record_every: rules.record.everyEpochs };
}
