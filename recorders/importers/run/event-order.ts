import { END_OF_BLOCK } from "../../../engine/index.js";

/** When and where an event happened; -1 where it is not known. */
export interface Provenance {
  readonly timeMs: number;
  readonly block: number;
  readonly extrinsic: number;
  readonly event: number;
}

/**
 * Gives events of one instant, in the order in which they happened, a place in the block that keeps that order when the
 * stream is read: what came after an extrinsic without one of its own is at the end of the block; where blocks or events
 * contradict the order (several recordings of one instant), none is stated and the order of the rows decides.
 * @param lastBlock highest block of the rows before; a lower one is not stated
 */
export function placed<Row extends Provenance>(rows: readonly Row[], lastBlock: number): Row[] {
  const [{ block }] = rows;
  const blockIsKnown = block >= lastBlock && rows.every((row) => row.block === block);
  let extrinsic = -1;
  let event = -1;
  const inBlock: Row[] = [];
  for (const row of rows) {
    const atEnd = row.extrinsic === -1 && extrinsic >= 0;
    const own = { extrinsic: atEnd ? END_OF_BLOCK : row.extrinsic, event: atEnd ? -1 : row.event };
    if (own.extrinsic < extrinsic || (own.extrinsic === extrinsic && own.event < event)) {
      return rows.map((one) => ({ ...one, block: blockIsKnown ? block : -1, extrinsic: -1, event: -1 }));
    }
    ({ extrinsic, event } = own);
    inBlock.push({ ...row, block: blockIsKnown ? block : -1, ...own });
  }
  return inBlock;
}
