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
  /** As in the table `positions`. */
  readonly role: string;
  /** By the run: of who was ever paid as a miner what it was paid as one, else in all roles. */
  readonly paidRao: bigint;
  /** By what the run read; in the same roles. */
  readonly recordedRao: bigint;
}

/** What each position of a run was paid, in the order of their ids: the table `positions`, which every run has, and `role_pay`. */
export async function readMinerPay(run: Pick<OpenRun, "readTable" | "tables">): Promise<readonly MinerPay[]> {
  const asMiner = await readPayAsMiner(run);
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
        paidRao: asMiner.get(position[row])?.paidRao ?? BigInt(paidRao[row]),
        recordedRao: asMiner.get(position[row])?.recordedRao ?? BigInt(recordedRao[row]),
      });
    }
  }
  return pay;
}

/** What miners that were paid in other roles, too, were paid as miners, by position. */
async function readPayAsMiner(
  run: Pick<OpenRun, "readTable" | "tables">,
): Promise<ReadonlyMap<number, Pick<MinerPay, "paidRao" | "recordedRao">>> {
  const pay = new Map<number, Pick<MinerPay, "paidRao" | "recordedRao">>();
  if (!run.tables.includes("role_pay")) return pay;
  for await (const batch of run.readTable("role_pay")) {
    const { position, role, paidRao, recordedRao } = columnsByName(RESULT_TABLES.role_pay, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      if (ROLES[role[row]] !== "miner") continue;
      pay.set(position[row], { paidRao: BigInt(paidRao[row]), recordedRao: BigInt(recordedRao[row]) });
    }
  }
  return pay;
}
