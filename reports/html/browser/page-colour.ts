/** The colour that a name such as `var(--series-1)` has on the page now; a canvas knows no names. */
export function pageColour(name: string): string {
  const property = /^var\((--[\w-]+)\)$/.exec(name)?.[1];
  return property === undefined ? name : getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}
