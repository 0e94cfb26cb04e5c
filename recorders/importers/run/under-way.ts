import { TenureError } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import type { RunPosition } from "./run-positions.js";
import { TableCursor } from "./table-cursor.js";

/** A move of everything that may have been a swap of keys, in an epoch that had paid the position already. */
export interface Undecided {
  /** Its place in the table `flows`. */
  readonly row: number;
  readonly timeMs: number;
  readonly from: number;
  readonly to: number;
  readonly epoch: number;
  /** What the epoch had paid both by then, rao. */
  readonly paidRao: number;
  readonly toPaidRao: number;
}

/**
 * Which moves of everything were swaps of keys, by the rewards of the epoch that had paid the positions by then: a swap takes
 * along what was paid, a move does not.
 * @throws TenureError `TEN-IMPORT-054` where both could be
 */
export async function underWay(run: OpenRun, positions: readonly RunPosition[], moves: readonly Undecided[]): Promise<Undecided[]> {
  if (moves.length === 0) return [];
  const rewardRao = new Map<string, number>();
  for (const { epoch, from, to } of moves) for (const position of [from, to]) rewardRao.set(`${epoch} ${position}`, 0);
  const rows = new TableCursor(run, "rewards");
  for (; rows.stands || (await rows.refill()); rows.advance()) {
    const key = `${rows.number("epoch")} ${rows.number("position")}`;
    const rao = rewardRao.get(key);
    if (rao !== undefined) rewardRao.set(key, rao + rows.number("paid_rao"));
  }
  return moves.filter(({ epoch, from, to, timeMs, paidRao, toPaidRao }) => {
    const mayBeMove = (rewardRao.get(`${epoch} ${from}`) ?? 0) >= paidRao;
    const mayBeSwap = (rewardRao.get(`${epoch} ${to}`) ?? 0) >= paidRao + toPaidRao;
    if (mayBeMove === mayBeSwap) throw untold(positions[from], timeMs);
    return mayBeSwap;
  });
}

function untold({ netuid }: RunPosition, timeMs: number): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-054",
    what: "All that a position held went to another inside of an epoch that had paid it, and the rewards of the epoch would be the same whether its keys were swapped or its stake was moved.",
    place: { path: "flows", timeMs },
    found: `a move of everything on subnet ${netuid}`,
    allowed: "rewards that tell which of the two it was, or epochs that end where they pay",
    hint: "Run the scenario again with --set epochs=emission, and without epoch_marks among the kinds of its recorded streams.",
  });
}
