/** Colours of series, told apart in light and dark and by those who see few colours; the page's style gives their values. */
export const COLOURS = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => `var(--series-${place})`);

/** The colour of the n-th series, from 0. */
export function colour(series: number): string {
  return COLOURS[series % COLOURS.length];
}

/** For what is there to compare with, such as a diagonal. */
export const FAINT = "var(--faint)";
