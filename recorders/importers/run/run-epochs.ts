import type { OpenRun } from "../../results/open-run.js";
import { TableCursor } from "./table-cursor.js";

/** An epoch of a subnet: [startMs, endMs); pay of its end is of it, and that of its start is not. */
export interface RunEpoch {
  readonly netuid: number;
  readonly epoch: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** The epochs of a run: all that ended, whether they paid anybody or not. Epochs of a subnet follow each other without a gap. */
export class RunEpochs {
  readonly #bySubnet = new Map<number, { readonly epochs: RunEpoch[]; at: number }>();

  private constructor() {}

  static async read(run: OpenRun): Promise<RunEpochs> {
    const read = new RunEpochs();
    const rows = new TableCursor(run, "epochs");
    for (; await rows.refill(); rows.advance()) {
      const netuid = rows.number("netuid");
      const of = read.#bySubnet.get(netuid) ?? { epochs: [], at: 0 };
      read.#bySubnet.set(netuid, of);
      of.epochs.push({ netuid, epoch: rows.number("epoch"), startMs: rows.number("start_ms"), endMs: rows.number("end_ms") });
    }
    return read;
  }

  /** The subnets of which an epoch ended. */
  get netuids(): readonly number[] {
    return [...this.#bySubnet.keys()];
  }

  /**
   * The epoch that pay at an instant is of; instants of a subnet must be asked for in order.
   * @returns undefined: it never ended
   */
  paidAt(netuid: number, timeMs: number): RunEpoch | undefined {
    const of = this.#bySubnet.get(netuid);
    if (of === undefined) return undefined;
    while (of.at < of.epochs.length && of.epochs[of.at].endMs < timeMs) of.at += 1;
    return of.epochs[of.at];
  }

  /** When epochs ended on which subnets, in order of time, then netuid. */
  ends(): readonly RunEpoch[] {
    const all = [...this.#bySubnet.values()].flatMap(({ epochs }) => epochs);
    return all.sort((a, b) => a.endMs - b.endMs || a.netuid - b.netuid);
  }
}
