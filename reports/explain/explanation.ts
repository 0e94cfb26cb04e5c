import type { OpenRun } from "../../recorders/index.js";
import { basisAfterMs } from "../basis-after.js";
import { explainMiner } from "../explain-miner.js";
import { explainParticipant } from "../index-subnet/explain-participant.js";
import type { ParticipantReport, ValidatorReport } from "../index-subnet/participant-report.js";
import type { MinerReport, MinerSelection } from "../miner-report.js";
import { rulesToExplain } from "../rules.js";
import type { Derivation } from "./derivation.js";
import { derivationOf } from "./derivations-of.js";
import { type TranchesThen, tranchesThen } from "./tranches-then.js";

/** Why one miner, or who takes part in an index subnet, was paid what it was in one epoch. */
export type Explanation = {
  /** Null: the subnet has no epoch. */
  readonly derivation: Derivation | null;
  /** When the epoch ended; null where tranches or exits were not recorded. */
  readonly tranches_then: TranchesThen | null;
} & ((MinerReport & { readonly kind: "miner" }) | ParticipantReport | ValidatorReport);

/**
 * @param of whose pay the selection means, as `whosePay` tells
 * @throws TenureError `TEN-REPORT-001` to `-005`
 */
export async function explainEpoch(run: OpenRun, of: "participant" | "miner", selection: MinerSelection): Promise<Explanation> {
  if (of === "participant") {
    const report = await explainParticipant(run, selection);
    const { position } = report.kind === "validator" ? report.validator : report.participant;
    return { ...report, derivation: await derived(run, position, report.epoch), tranches_then: null };
  }
  const report = await explainMiner(run, selection);
  return {
    kind: "miner",
    ...report,
    derivation: await derived(run, report.position.position, report.epoch),
    tranches_then: await thenOf(run, report),
  };
}

async function derived(
  run: OpenRun,
  position: number,
  epoch: { readonly netuid: number; readonly epoch: number } | null,
): Promise<Derivation | null> {
  return epoch === null ? null : derivationOf(run, { position, netuid: epoch.netuid }, epoch.epoch);
}

async function thenOf(run: OpenRun, { epoch, tranches, exits, holding }: MinerReport): Promise<TranchesThen | null> {
  if (epoch === null || tranches === null || exits === null) return null;
  const { vesting } = await rulesToExplain(run);
  const counted = { allStake: vesting.retentionBasis === "all_stake", afterMs: basisAfterMs(vesting, epoch.end_ms), endMs: epoch.end_ms };
  return tranchesThen(tranches, exits, counted, holding);
}
