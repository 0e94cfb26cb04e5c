import { columnsByName, RESULT_TABLES, ROLES } from "../engine/index.js";
import type { OpenRun } from "../recorders/index.js";

/** What a position of a run was paid over the whole run. */
export interface MinerPay {
  /** Its id in the tables of the run. */
  readonly position: number;
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  /** -1 when not registered at the end. */
  readonly uid: number;
  /** For what it was last paid. */
  readonly role: string;
  /** By the run, in all roles. */
  readonly paidRao: bigint;
  /** By what the run read. */
  readonly recordedRao: bigint;
}

/** What each position of a run was paid, in the order of their ids: the table `positions`, which every run has. */
export async function readMinerPay(run: Pick<OpenRun, "readTable">): Promise<readonly MinerPay[]> {
  const pay: MinerPay[] = [];
  for await (const batch of run.readTable("positions")) {
    const { position, netuid, hotkey, coldkey, uid, role, paidRao, recordedRao } = columnsByName(RESULT_TABLES.positions, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      pay.push({
        position: position[row],
        netuid: netuid[row],
        hotkey: hotkey[row],
        coldkey: coldkey[row],
        uid: uid[row],
        role: ROLES[role[row]],
        paidRao: BigInt(paidRao[row]),
        recordedRao: BigInt(recordedRao[row]),
      });
    }
  }
  return pay;
}
