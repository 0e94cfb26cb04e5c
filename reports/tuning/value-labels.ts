/** Digits that are tried: fewer would take close values for one, more are not in a double. */
const DIGITS = { least: 4, most: 17 };

/**
 * How values of a parameter are called beside a chart: numbers with no more digits than tell them apart, `0.6667` of a third of a
 * range; words as they are.
 */
export function valueLabels(values: readonly string[]): (value: string) => string {
  for (let digits = DIGITS.least; digits < DIGITS.most; digits++) {
    const labels = new Map(values.map((value) => [value, shortened(value, digits)]));
    if (new Set(labels.values()).size === labels.size) return (value) => labels.get(value) ?? value;
  }
  return (value) => value;
}

function shortened(value: string, digits: number): string {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  const short = String(Number(number.toPrecision(digits)));
  return short.length < value.length ? short : value;
}
