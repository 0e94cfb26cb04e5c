/** What must come out equal of every engine that runs the workload, or no time is given. */
export interface KernelFigures {
  readonly exits: number;
  /** Sum of all balances at the end, rao. */
  readonly remainingRao: number;
  /** Sums over all epochs of the epoch's sum of held days and of multipliers, in order. */
  readonly heldDaysSum: number;
  readonly multiplierSum: number;
}

const FIGURES = ["exits", "remainingRao", "heldDaysSum", "multiplierSum"] as const;

/** The first figure in which two engines differ, in words; undefined when they agree to the last bit. */
export function firstDifference(a: KernelFigures, b: KernelFigures): string | undefined {
  const figure = FIGURES.find((name) => !Object.is(a[name], b[name]));
  return figure === undefined ? undefined : `${figure}: ${a[figure]} and ${b[figure]}`;
}
