/**
 * How many cases a test tries: few under `npm test`, which people wait for, many under `npm run test:long`, which lists the
 * files that ask this (vitest.long.config.ts).
 */
export function cases(few: number, many: number): number {
  return process.env.TENURE_MANY_CASES === "1" ? many : few;
}

/**
 * Of properties whose every case runs scenarios: one that fails names its seed and path at once. To look for a smaller case would
 * take a quarter of an hour, in which nothing is printed.
 */
export const AT_ONCE = { endOnFailure: true } as const;
