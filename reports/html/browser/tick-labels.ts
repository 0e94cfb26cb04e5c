/** A double holds no more decimals of a value near 1. */
const MOST_DECIMALS = 15;

/** Numbers of an axis with as many decimals as their step needs: no two ticks read alike. */
export function tickLabels(ticks: readonly number[], step: number): string[] {
  const decimals = decimalsOf(step);
  const format = new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  // A sum of steps may end beside 0, which has no sign.
  return ticks.map((tick) => format.format(Math.abs(tick) < step / 2 ? 0 : tick));
}

function decimalsOf(step: number): number {
  let decimals = 0;
  while (decimals < MOST_DECIMALS && !isWhole(step * 10 ** decimals)) decimals++;
  return decimals;
}

function isWhole(value: number): boolean {
  return value > 0.5 && Math.abs(value - Math.round(value)) < value * 1e-9;
}
