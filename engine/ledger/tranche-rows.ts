import type { TableAppender } from "../tables/appender.js";
import { SOURCES, TRANCHE_STATES, type TRANCHES_TABLE } from "../tables/results.js";
import { TRANCHE, type TrancheStore } from "./tranche-store.js";

const EMPTY = TRANCHE_STATES.indexOf("empty");
const HELD = TRANCHE_STATES.indexOf("held");
const { REMAINING, RECEIVED, ENTRY_MS, ID, BLOCK, EXTRINSIC, EVENT } = TRANCHE;

type TranchesTable = TableAppender<typeof TRANCHES_TABLE>;

/**
 * Writes a tranche as it lies in the store into the table `tranches`.
 * @param cell where its fields begin in `cells`
 * @param origin where its provenance begins in `origins`
 */
export function writeTranche(
  table: TranchesTable,
  { cells, origins }: TrancheStore,
  position: number,
  source: number,
  cell: number,
  origin: number,
  closedMs: number,
): void {
  const to = table.room(1);
  const { rows } = table;
  const remainingRao = cells[cell + REMAINING];
  to.tranche[rows] = cells[cell + ID];
  to.position[rows] = position;
  to.source[rows] = source;
  to.entryMs[rows] = cells[cell + ENTRY_MS];
  to.receivedRao[rows] = cells[cell + RECEIVED];
  to.remainingRao[rows] = remainingRao;
  to.state[rows] = remainingRao === 0 ? EMPTY : HELD;
  to.closedMs[rows] = closedMs;
  to.block[rows] = origins[origin + BLOCK];
  to.extrinsic[rows] = origins[origin + EXTRINSIC];
  to.event[rows] = origins[origin + EVENT];
  table.filled(1);
}

interface HandOver {
  readonly from: number;
  readonly to: number;
  readonly source: number;
  readonly timeMs: number;
  readonly receivedRao: number;
  readonly block: number;
  readonly extrinsic: number;
  readonly event: number;
}

/** Writes that what one position received of emptied tranches is another's from now on: a row with it taken, one with it given. */
export function writeHandOver(table: TranchesTable, { from, to, source, timeMs, receivedRao, block, extrinsic, event }: HandOver): void {
  const row = { tranche: -1, source: SOURCES[source], entryMs: timeMs, remainingRao: 0, state: "moved", closedMs: timeMs } as const;
  table.write({ ...row, position: from, receivedRao: -receivedRao, block, extrinsic, event });
  table.write({ ...row, position: to, receivedRao, block, extrinsic, event });
}
