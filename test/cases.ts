/**
 * How many cases a test tries: few under `npm test`, which people wait for, many under `npm run test:long`, which lists the
 * files that ask this (vitest.long.config.ts).
 */
export function cases(few: number, many: number): number {
  return process.env.TENURE_MANY_CASES === "1" ? many : few;
}
