import type { ColumnBatch } from "../../../engine/index.js";
import { numberColumn } from "../../reading/columns.js";
import type { PositionRow } from "../../reading/positions.js";
import type { TableFollower } from "../../reading/table-passes.js";

/** Neighbouring rows of one subnet and epoch, in one batch: [from, to). */
export interface RowRange {
  readonly netuid: number;
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

/** Where one epoch's rows begin and end inside a batch; `continues`: the rows before belong to the same one. */
export interface EpochRowsReader {
  readonly begin: (netuid: number, epoch: number) => void;
  readonly rows: (batch: ColumnBatch, range: RowRange) => void;
  readonly end: () => void;
}

/** Follows a table whose rows are written epoch by epoch, and tells where each epoch of a subnet begins and ends. */
export function followEpochs(positions: ReadonlyMap<number, PositionRow>, reader: EpochRowsReader): TableFollower {
  const netuids = netuidsByPosition(positions);
  let [netuid, epoch] = [-1, -1];
  let isOpen = false;
  return {
    batch(batch) {
      const [epochs, ids] = [numberColumn(batch, "epoch"), numberColumn(batch, "position")];
      let from = 0;
      for (let row = 0; row <= batch.rows; row++) {
        const isEnd = row === batch.rows;
        const nextNetuid = isEnd ? -1 : netuids[ids[row]];
        if (!isEnd && isOpen && epochs[row] === epoch && nextNetuid === netuid) continue;
        if (row > from) reader.rows(batch, { netuid, epoch, from, to: row });
        if (isEnd) break;
        if (isOpen) reader.end();
        netuid = nextNetuid;
        epoch = epochs[row];
        from = row;
        isOpen = true;
        reader.begin(netuid, epoch);
      }
    },
    end() {
      if (isOpen) reader.end();
    },
  };
}

function netuidsByPosition(positions: ReadonlyMap<number, PositionRow>): Int32Array {
  let largest = -1;
  for (const id of positions.keys()) if (id > largest) largest = id;
  const netuids = new Int32Array(largest + 1).fill(-1);
  for (const [id, { netuid }] of positions) netuids[id] = netuid;
  return netuids;
}
