import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Request } from "../../../../studies/tuning/evaluation/evaluator.js";
import type { TuningPlan } from "../../../../studies/tuning/plan/tuning-plan.js";
import { searchTrials, type TrialSource } from "../../../../studies/tuning/search/search-trials.js";
import type { TrialEntry } from "../../../../studies/tuning/trials/trial-log.js";
import { madePlan } from "./made-plan.js";

interface Source extends TrialSource {
  /** `trial/replicate`, in the order in which they ran. */
  readonly ran: readonly string[];
}

/**
 * Runs in place of scenarios.
 * @param figureOf null: it fails
 * @param isRun left out: all are
 */
function source(
  figureOf: (request: Request, replicate: number) => number | null,
  isRun: (trial: number, replicate: number) => boolean = () => true,
): Source {
  const entries = new Map<string, TrialEntry>();
  const ran: string[] = [];
  return {
    ran,
    async run(requests) {
      for (const request of requests) {
        for (const replicate of request.replicates) {
          const key = `${request.trial}/${replicate}`;
          if (entries.has(key) || !isRun(request.trial, replicate)) continue;
          const figure = figureOf(request, replicate);
          ran.push(key);
          entries.set(key, {
            task: key,
            trial: request.trial,
            replicate,
            set: {},
            figures: figure === null ? null : { pot_moved: figure },
            spans: [],
            undecided: [],
            warnings: [],
            error: figure === null ? { code: "TEN-LOOP-107", what: "It failed." } : null,
          });
        }
      }
    },
    entry: (trial, replicate) => entries.get(`${trial}/${replicate}`) ?? null,
    get tasks() {
      return [...entries.values()].map(({ trial, replicate, task }) => ({ trial, replicate, task }));
    },
  };
}

const VARY = { x: [0, 1, 2, 3, 4, 5, 6, 7] };
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const all = (plan: TuningPlan, from: TrialSource, more: Partial<Parameters<typeof searchTrials>[2]> = {}) =>
  searchTrials(plan, from, { replicates: upTo(plan.replicates.to + 1), heldOut: [], isSharded: false, ...more });

describe("trials of a search", () => {
  it("are all decided: finished or failed", async () => {
    const plan = madePlan({ vary: VARY, replicates: 2 });
    const { rows, ended } = await all(
      plan,
      source(({ trial }, replicate) => (trial === 3 && replicate === 1 ? null : trial)),
    );
    expect(ended).toBe("exhausted");
    expect(rows.map(({ status }) => status)).toEqual(upTo(8).map((at) => (at === 3 ? "failed" : "finished")));
    expect(
      (
        await all(
          madePlan({ vary: VARY, trials: 5 }),
          source(() => 1),
        )
      ).ended,
    ).toBe("budget");
  });

  it("of a time that is over are those before the first that is not decided", async () => {
    const plan = madePlan({ vary: VARY, replicates: 2 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: 15 }), { maxLength: 15, minLength: 1 }), async (missing) => {
        const isRun = (trial: number, replicate: number) => !missing.includes(2 * trial + replicate);
        const { rows, ended } = await all(
          plan,
          source(() => 1, isRun),
        );
        expect(ended).toBe("time");
        const first = Math.floor(Math.min(...missing) / 2);
        expect(rows.map(({ number }) => number)).toEqual(upTo(first));
      }),
    );
  });

  it("of a part are what is its own, of samplers that do not learn from it", async () => {
    const plan = madePlan({ vary: VARY });
    const part = await all(
      plan,
      source(
        () => 1,
        (trial) => trial % 2 === 1,
      ),
      { isSharded: true },
    );
    expect(part.ended).toBe("shard");
    expect(part.rows.map(({ number }) => number)).toEqual([1, 3, 5, 7]);
    // A part that has all is the whole.
    expect(
      (
        await all(
          plan,
          source(() => 1),
          { isSharded: true },
        )
      ).ended,
    ).toBe("exhausted");
    const adaptive = madePlan({ vary: { x: { from: 0, to: 1 } }, sampler: "tpe", trials: 30, replicates: 2 });
    const first = source(
      () => 1,
      (_, replicate) => replicate === 0,
    );
    const half = await all(adaptive, first, { isSharded: true });
    expect(half).toMatchObject({ ended: "shard", rows: [] });
    // Only the first batch can be known without the other half.
    expect(first.ran).toEqual(upTo(4).map((trial) => `${trial}/0`));
  });

  it("are told to the sampler as means over the replicates, and as failures where a limit is broken", async () => {
    const input = { vary: { x: { from: 0, to: 1 } }, sampler: "tpe" as const, trials: 60, replicates: 2 };
    const value = ({ assignment }: Request) => Math.abs(Number(assignment?.[0]) - 0.8);
    const free = await all(
      madePlan(input),
      source((request, replicate) => value(request) + (replicate === 0 ? 5 : -5)),
    );
    const near = (rows: typeof free.rows) => rows.slice(30).filter(({ assignment }) => Math.abs(Number(assignment[0]) - 0.8) < 0.1).length;
    expect(near(free.rows)).toBeGreaterThan(20);
    const limited = madePlan({ ...input, limits: [{ figure: "pot_moved", at_least: 0.3 }] });
    const kept = await all(limited, source(value));
    expect(kept.rows.every(({ status }) => status === "finished")).toBe(true);
    expect(near(kept.rows)).toBeLessThan(near(free.rows) / 2);
  });

  it("run their held-out replicates, which the sampler does not see", async () => {
    const plan = madePlan({ vary: { x: { from: 0, to: 1 } }, sampler: "cma_es", trials: 20 });
    const from = (bonus: number) => source(({ assignment }, replicate) => (replicate === 0 ? Number(assignment?.[0]) : bonus));
    const [one, other] = [from(1), from(1_000)];
    const rows = await all(plan, one, { heldOut: [1, 2] });
    expect(await all(plan, other, { heldOut: [1, 2] })).toEqual(rows);
    expect(one.ran).toHaveLength(60);
    expect((await all(plan, from(1))).rows).toEqual(rows.rows);
  });
});

describe("trials without hope", () => {
  it("are given up as a naive reader of successive halving gives them up", async () => {
    const loss = fc.option(fc.integer({ min: 0, max: 9 }), { freq: 8 });
    const losses = fc.array(fc.array(loss, { minLength: 4, maxLength: 4 }), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(losses, fc.constantFrom(1, 2), fc.constantFrom(0.25, 0.5, 0.75), async (table, after, keep) => {
        const plan = madePlan({ vary: VARY, replicates: 4, pruning: { after, keep } });
        const from = source(({ trial }, replicate) => table[trial][replicate] ?? (replicate === 4 ? 1 : null));
        const { rows } = await all(plan, from, { heldOut: [4], replicates: [0, 1, 2, 3] }).catch(() => ({ rows: [] }));
        // The model.
        const given = upTo(8).map(() => 0);
        let living = upTo(8);
        for (const count of after === 1 ? [1, 2, 4] : [2, 4]) {
          for (const trial of living) given[trial] = count;
          const mean = (trial: number) => {
            const own = table[trial].slice(0, count);
            return own.includes(null) ? null : own.reduce<number>((sum, one) => sum + (one ?? 0), 0) / count;
          };
          const finished = living.filter((trial) => mean(trial) !== null).sort((a, b) => (mean(a) ?? 0) - (mean(b) ?? 0) || a - b);
          living = finished.slice(0, Math.max(1, Math.ceil(finished.length * keep))).sort((a, b) => a - b);
        }
        const status = (trial: number) =>
          table[trial].slice(0, given[trial]).includes(null) ? "failed" : given[trial] < 4 ? "pruned" : "finished";
        expect(rows.map((row) => row.status)).toEqual(upTo(8).map(status));
        for (const trial of upTo(8)) {
          const ran = from.ran.filter((key) => key.startsWith(`${trial}/`)).length;
          expect(ran).toBe(given[trial] + (given[trial] === 4 ? 1 : 0));
        }
      }),
    );
  });

  it("are not decided where the time was over in a round", async () => {
    const plan = madePlan({ vary: VARY, replicates: 4, pruning: { after: 1, keep: 0.5 } });
    const { rows, ended } = await all(
      plan,
      source(
        ({ trial }) => trial,
        (trial, replicate) => replicate < 1 || trial < 2,
      ),
    );
    expect(ended).toBe("time");
    expect(rows.length).toBeLessThan(8);
    expect(rows.every(({ status }) => status === "finished")).toBe(true);
  });
});
