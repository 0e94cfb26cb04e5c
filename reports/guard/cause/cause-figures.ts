import { type PaidKey, paidKeyText } from "../baseline/paid-line.js";
import type { LineDifference } from "../compare/line-difference.js";

/** What a line gets more by a cause; below 0: less. Rao over the whole run. */
export interface MovedLine extends PaidKey {
  readonly changeRao: bigint;
}

/** What a cause does to pay, with its direction. Rao over the whole run. */
export interface CauseFigures {
  /** Is all of it what the change does by itself? Otherwise it is what all changes do together. */
  readonly isOwn: boolean;
  /** Positions and where else pay goes, in the order of the lines. */
  readonly lines: readonly MovedLine[];
  /** What positions that it hits get more, and what those get less that lose; both 0 or more. */
  readonly gainedRao: bigint;
  readonly lostRao: bigint;
  /** What positions get more that it does not hit but who share the pot, together; 0 where they are a group of their own. */
  readonly othersRao: bigint;
}

/** @param others positions that move by the change without being hit */
export function figuresOfLines(
  lines: readonly Pick<LineDifference, keyof MovedLine>[],
  { isOwn, others = [] }: { readonly isOwn: boolean; readonly others?: readonly Pick<LineDifference, "changeRao">[] },
): CauseFigures {
  const moved = lines.map(({ netuid, kind, hotkey, coldkey, changeRao }): MovedLine => ({ netuid, kind, hotkey, coldkey, changeRao }));
  const changes = moved.filter(({ kind }) => kind === "position").map(({ changeRao }) => changeRao);
  const sum = (amounts: readonly bigint[]) => amounts.reduce((all, rao) => all + rao, 0n);
  return {
    isOwn,
    lines: moved,
    gainedRao: sum(changes.filter((rao) => rao > 0n)),
    lostRao: -sum(changes.filter((rao) => rao < 0n)),
    othersRao: sum(others.map(({ changeRao }) => changeRao)),
  };
}

/** Of several changes that hit by one cause: the sum of what each does by itself. */
export function sumFigures(a: CauseFigures | undefined, b: CauseFigures): CauseFigures {
  if (a === undefined) return b;
  const lines = new Map<string, MovedLine>();
  for (const line of [...a.lines, ...b.lines]) {
    const key = paidKeyText(line);
    lines.set(key, { ...line, changeRao: line.changeRao + (lines.get(key)?.changeRao ?? 0n) });
  }
  const others = { changeRao: a.othersRao + b.othersRao };
  return figuresOfLines([...lines.values()], { isOwn: a.isOwn && b.isOwn, others: [others] });
}
