import type { ResultTableName } from "../../engine/index.js";
import { numberColumn, type TableSource } from "../reading/columns.js";

/** Which rows of a table that has a row an epoch and position. */
export interface EpochRowsOf {
  readonly epoch: number;
  /** Is the position of the subnet? Numbers of epochs are each subnet's own. */
  isOfSubnet(position: number): boolean;
  /** Has the run epochs of one subnet alone? Then only what holds the epoch is read. */
  readonly alone: boolean;
}

/** Rows of one epoch of one subnet in their order, which is that of uids; null where the run did not record the table. */
export async function readEpochRows<Column extends string>(
  run: TableSource,
  table: ResultTableName,
  columns: readonly Column[],
  { epoch, isOfSubnet, alone }: EpochRowsOf,
): Promise<readonly Readonly<Record<Column | "position", number>>[] | null> {
  if (!run.tables.includes(table)) return null;
  type Row = Record<Column | "position", number>;
  const found: Row[][] = [];
  for await (const batch of run.readTable(table, alone ? { epoch } : "oldest_first")) {
    const epochs = numberColumn(batch, "epoch");
    const positions = numberColumn(batch, "position");
    const values = columns.map((name) => numberColumn(batch, name));
    const rows: Row[] = [];
    for (let at = 0; at < batch.rows; at++) {
      if (epochs[at] !== epoch || !isOfSubnet(positions[at])) continue;
      const row = { position: positions[at] } as Row;
      for (let column = 0; column < columns.length; column++) row[columns[column]] = values[column][at] as Row[Column];
      rows.push(row);
    }
    if (rows.length > 0) found.push(rows);
  }
  return found.flat();
}
