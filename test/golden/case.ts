import { z } from "zod";

/** What all golden cases share; a file's own schema says what `input` and `expected` hold. */
export function goldenCase<I extends z.ZodType, E extends z.ZodType>(input: I, expected: E) {
  return z.object({ case: z.string(), input, expected, flags: z.array(z.string()).default([]) });
}

/** Whole rao below 2^53. */
export const rao = z.number().int().nonnegative();
/** Whole Unix seconds. */
export const unixSeconds = z.number().int().nonnegative();

/** The parsed lines of another golden file of the folder, by its path there without `.jsonl`; the same array every time. */
export type OtherLines = (file: string) => readonly unknown[];

/** Compares one parsed line of a golden file with what the engine answers; throws GoldenDifference. */
export type CheckCase = (line: unknown, others: OtherLines) => void;

/** Binds a schema to a comparison. */
export function checker<S extends z.ZodType>(schema: S, check: (testCase: z.output<S>) => void): CheckCase {
  return (line) => check(schema.parse(line));
}

/** Binds a schema to a comparison that needs another file too. */
export function checkerAmong<S extends z.ZodType>(schema: S, check: (testCase: z.output<S>, others: OtherLines) => void): CheckCase {
  return (line, others) => check(schema.parse(line), others);
}
