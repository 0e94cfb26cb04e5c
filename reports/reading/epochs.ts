import { TenureError } from "../../engine/index.js";
import { numberColumn, type TableSource } from "./columns.js";

/** A row of the table `epochs`; its window is [start, end), the emission of its last instant included. */
export interface EpochRow {
  readonly netuid: number;
  readonly epoch: number;
  readonly start_ms: number;
  readonly end_ms: number;
  readonly recorded_rao: number;
  readonly paid_rao: number;
  readonly unallocated_rao: number;
  readonly outside_rao: number;
}

/** All epochs of a run, subnet by subnet, in order. */
export class Epochs {
  readonly #byNetuid = new Map<number, EpochRow[]>();

  add(row: EpochRow): void {
    const rows = this.#byNetuid.get(row.netuid);
    if (rows === undefined) this.#byNetuid.set(row.netuid, [row]);
    else rows.push(row);
  }

  get netuids(): readonly number[] {
    return [...this.#byNetuid.keys()].sort((a, b) => a - b);
  }

  of(netuid: number): readonly EpochRow[] {
    return this.#byNetuid.get(netuid) ?? [];
  }

  find(netuid: number, epoch: number): EpochRow | undefined {
    return this.of(netuid).find((row) => row.epoch === epoch);
  }

  isLast(row: EpochRow): boolean {
    return this.of(row.netuid).at(-1) === row;
  }

  /** The epoch a reader asked for, or the subnet's last one; undefined where the subnet has none. Refusal: `TEN-REPORT-003`. */
  choose(netuid: number, wanted: number | undefined): EpochRow | undefined {
    const rows = this.of(netuid);
    if (wanted === undefined) return rows.at(-1);
    const row = this.find(netuid, wanted);
    if (row !== undefined) return row;
    throw new TenureError({
      code: "TEN-REPORT-003",
      what: `Subnet ${netuid} has no such epoch in this run.`,
      place: { path: "--epoch" },
      found: wanted,
      allowed: rows.length === 0 ? "none, the run has no epoch" : `${rows[0].epoch} to ${rows[rows.length - 1].epoch}`,
      hint: "`--epoch last` is the last one.",
    });
  }
}

export async function readEpochs(run: TableSource): Promise<Epochs> {
  const epochs = new Epochs();
  const names = ["netuid", "epoch", "start_ms", "end_ms", "recorded_rao", "paid_rao", "unallocated_rao", "outside_rao"];
  for await (const batch of run.readTable("epochs")) {
    const [netuid, epoch, start, end, recorded, paid, unallocated, outside] = names.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      epochs.add({
        netuid: netuid[row],
        epoch: epoch[row],
        start_ms: start[row],
        end_ms: end[row],
        recorded_rao: recorded[row],
        paid_rao: paid[row],
        unallocated_rao: unallocated[row],
        outside_rao: outside[row],
      });
    }
  }
  return epochs;
}
