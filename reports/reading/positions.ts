import { choiceNames, numberColumn, type TableSource, textColumn } from "./columns.js";

/** A row of the table `positions`: who holds stake, and what had come of it when the run ended. */
export interface PositionRow {
  readonly position: number;
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  /** -1 when not registered at the end. */
  readonly uid: number;
  /** `miner` for who was ever paid as one, else for what it was last paid. */
  readonly role: string;
  /** The end of the run, whatever epoch is shown. */
  readonly at_end: {
    readonly stake_rao: number;
    readonly manual_rao: number;
    readonly earned_rao: number;
    /** Over the whole run, whether or not each epoch was recorded. */
    readonly recorded_rao: bigint;
    readonly paid_rao: bigint;
    /** The parts of both that it was paid as a miner; 0 of who never was one. */
    readonly recorded_as_miner_rao: bigint;
    readonly paid_as_miner_rao: bigint;
  };
}

/** Every position of the run, by its id. */
export async function readPositions(run: TableSource): Promise<ReadonlyMap<number, PositionRow>> {
  const positions = new Map<number, PositionRow>();
  const asMiner = await readPayAsMiner(run);
  for await (const batch of run.readTable("positions")) {
    const [position, netuid, uid, role] = ["position", "netuid", "uid", "role"].map((name) => numberColumn(batch, name));
    const [stake, manual, earned] = ["stake_rao", "manual_rao", "earned_rao"].map((name) => numberColumn(batch, name));
    const [hotkey, coldkey, recorded, paid] = ["hotkey", "coldkey", "recorded_rao", "paid_rao"].map((name) => textColumn(batch, name));
    const roles = choiceNames(batch, "role");
    for (let row = 0; row < batch.rows; row++) {
      const all = { recorded: BigInt(recorded[row]), paid: BigInt(paid[row]) };
      const own = roles[role[row]] === "miner" ? (asMiner.get(position[row]) ?? all) : { recorded: 0n, paid: 0n };
      positions.set(position[row], {
        position: position[row],
        netuid: netuid[row],
        hotkey: hotkey[row],
        coldkey: coldkey[row],
        uid: uid[row],
        role: roles[role[row]],
        at_end: {
          stake_rao: stake[row],
          manual_rao: manual[row],
          earned_rao: earned[row],
          recorded_rao: all.recorded,
          paid_rao: all.paid,
          recorded_as_miner_rao: own.recorded,
          paid_as_miner_rao: own.paid,
        },
      });
    }
  }
  return positions;
}

/** Of miners that were paid in other roles, too, by position: what they were paid as miners. */
async function readPayAsMiner(run: TableSource): Promise<ReadonlyMap<number, { readonly recorded: bigint; readonly paid: bigint }>> {
  const pay = new Map<number, { readonly recorded: bigint; readonly paid: bigint }>();
  if (!run.tables.includes("role_pay")) return pay;
  for await (const batch of run.readTable("role_pay")) {
    const [position, role] = ["position", "role"].map((name) => numberColumn(batch, name));
    const [recorded, paid] = ["recorded_rao", "paid_rao"].map((name) => textColumn(batch, name));
    const miner = choiceNames(batch, "role").indexOf("miner");
    for (let row = 0; row < batch.rows; row++) {
      if (role[row] === miner) pay.set(position[row], { recorded: BigInt(recorded[row]), paid: BigInt(paid[row]) });
    }
  }
  return pay;
}

/** Whether the run ever paid it, or the recording did. */
export function wasPaid({ at_end: { paid_rao, recorded_rao } }: PositionRow): boolean {
  return paid_rao > 0n || recorded_rao > 0n;
}
