import { choiceNames, numberColumn, type TableSource } from "../reading/columns.js";

/** A tranche as it was when it became empty, or at the end of the run. */
export interface PassedTranche {
  readonly position: number;
  readonly entryMs: number;
  readonly closedMs: number;
  readonly receivedRao: number;
  readonly remainingRao: number;
  readonly isEmission: boolean;
}

export interface TrancheListener {
  tranche(tranche: PassedTranche): void;
}

/** Reads the table `tranches` once; rows in state `moved`, which are no tranches, are passed over. */
export async function passTranches(run: TableSource, listeners: readonly TrancheListener[]): Promise<void> {
  if (!run.tables.includes("tranches")) return;
  for await (const batch of run.readTable("tranches")) {
    const [position, entry, closed, received, remaining, source, state] = COLUMNS.map((name) => numberColumn(batch, name));
    const emission = choiceNames(batch, "source").indexOf("emission");
    const moved = choiceNames(batch, "state").indexOf("moved");
    for (let row = 0; row < batch.rows; row++) {
      if (state[row] === moved) continue;
      const tranche = {
        position: position[row],
        entryMs: entry[row],
        closedMs: closed[row],
        receivedRao: received[row],
        remainingRao: remaining[row],
        isEmission: source[row] === emission,
      };
      for (const listener of listeners) listener.tranche(tranche);
    }
  }
}

const COLUMNS = ["position", "entry_ms", "closed_ms", "received_rao", "remaining_rao", "source", "state"] as const;
