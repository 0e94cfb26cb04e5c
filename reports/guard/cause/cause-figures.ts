import { type PaidKey, paidKeyText } from "../baseline/paid-line.js";
import type { LineDifference } from "../compare/line-difference.js";

/** What a line gets more by a cause; below 0: less. Rao over the whole run. */
export interface MovedLine extends PaidKey {
  readonly changeRao: bigint;
  /** Is it what the change does by itself? Otherwise all changes together do it: none of them moves the line alone, or they were traced together. */
  readonly isOwn: boolean;
}

/** What a cause does to pay, with its direction. Rao over the whole run. */
export interface GainFigures {
  /** Positions and other lines whose figures are those of all changes together; 0: all of it is what the change does by itself. */
  readonly together: number;
  /** How many positions it hits, whatever they gain. */
  readonly positions: number;
  /** How many of them get more over the whole run, and how much; and who gets less, and how much less: all 0 or more. */
  readonly gainers: number;
  readonly gainedRao: bigint;
  readonly losers: number;
  readonly lostRao: bigint;
  /** What positions get more that it does not hit but who share the pot, together; 0 where they are a group of their own. */
  readonly othersRao: bigint;
  /** What goes elsewhere more: burn, unallocated, ... */
  readonly elsewhere: readonly { readonly goesTo: string; readonly changeRao: bigint }[];
}

/** The same, with all whom it moves. */
export interface CauseFigures extends GainFigures {
  /** Positions and where else pay goes, in the order of the lines. */
  readonly lines: readonly MovedLine[];
}

/** @param others positions that move by the change without being hit */
export function figuresOfLines(
  lines: readonly Pick<LineDifference, keyof PaidKey | "changeRao">[],
  { isOwn, others = [] }: { readonly isOwn: boolean; readonly others?: readonly Pick<LineDifference, "changeRao">[] },
): CauseFigures {
  return figuresOf(
    lines.map(({ netuid, kind, hotkey, coldkey, changeRao }): MovedLine => ({ netuid, kind, hotkey, coldkey, changeRao, isOwn })),
    sum(others.map(({ changeRao }) => changeRao)),
  );
}

/** Of several changes that hit by one cause: the sum of what each does by itself, and of what they do together where none does it alone. */
export function sumFigures(a: CauseFigures | undefined, b: CauseFigures): CauseFigures {
  if (a === undefined) return b;
  const lines = new Map<string, MovedLine>();
  for (const line of [...a.lines, ...b.lines]) {
    const key = paidKeyText(line);
    const known = lines.get(key);
    lines.set(key, { ...line, changeRao: line.changeRao + (known?.changeRao ?? 0n), isOwn: line.isOwn && known?.isOwn !== false });
  }
  return figuresOf([...lines.values()], a.othersRao + b.othersRao);
}

function figuresOf(lines: readonly MovedLine[], othersRao: bigint): CauseFigures {
  const changes = lines.filter(({ kind }) => kind === "position").map(({ changeRao }) => changeRao);
  const [gains, losses] = [changes.filter((rao) => rao > 0n), changes.filter((rao) => rao < 0n)];
  const elsewhere = new Map<string, bigint>();
  for (const { kind, hotkey, changeRao } of lines) {
    if (kind === "rest" && changeRao !== 0n) elsewhere.set(hotkey, (elsewhere.get(hotkey) ?? 0n) + changeRao);
  }
  return {
    together: lines.filter(({ isOwn }) => !isOwn).length,
    positions: changes.length,
    gainers: gains.length,
    gainedRao: sum(gains),
    losers: losses.length,
    lostRao: -sum(losses),
    othersRao,
    elsewhere: [...elsewhere].map(([goesTo, changeRao]) => ({ goesTo, changeRao })),
    lines,
  };
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, rao) => all + rao, 0n);
