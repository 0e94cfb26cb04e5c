import { expect } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";

/** What `tenure tune --json` tells, as far as tests look at it. */
export interface Report {
  readonly chosen: number | null;
  readonly trials: readonly { readonly trial: number; readonly set: Readonly<Record<string, number>>; readonly status: string }[];
  readonly trust: {
    readonly judgements: readonly {
      readonly by: string;
      readonly judgement: { readonly objectives: readonly { readonly verdict: string }[] };
      readonly compromise: { readonly objectives: readonly { readonly verdict: string }[] } | null;
    }[];
  };
  readonly findings: readonly { readonly kind: string }[];
  readonly [key: string]: unknown;
}

/** Tunes in this process. */
export async function tuned(...args: string[]): Promise<{ readonly code: number; readonly report: Report }> {
  const { code, out, err } = await runInProcess(["tune", ...args, "--jobs", "2", "--json"]);
  expect(err).toBe("");
  return { code, report: JSON.parse(out) };
}
