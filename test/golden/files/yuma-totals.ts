import { z } from "zod";
import { type CheckCase, checkerAmong } from "../case.js";
import { GoldenDifference, near, same } from "../difference.js";
import { configurationOf, eachEpoch, type YumaCase, type YumaParams, yumaCase } from "./yuma.js";

const VERSIONS = {
  yuma1: { version: "yuma1", bondMovingAverage: 0 },
  yuma2: { version: "yuma2", bondMovingAverage: 0.1 },
  yuma2b: { version: "yuma2b", bondMovingAverage: 0.1 },
  yuma2c: { version: "yuma2c" },
  yuma3: { version: "yuma3", bondMovingAverage: 0.975 },
  "yuma3-liquid": { version: "yuma3", bondMovingAverage: 0.975, liquidAlpha: true },
  "yuma3-liquid-swapped": { version: "yuma3", bondMovingAverage: 0.975, liquidAlpha: true, alphaLow: 0.3, alphaHigh: 0.1 },
} as const satisfies Readonly<Record<string, Partial<YumaParams> & { readonly version: string }>>;

const totals = z.object({
  case: z.number(),
  version: z.enum(Object.keys(VERSIONS) as [keyof typeof VERSIONS]),
  bondPenalty: z.number(),
  epochs: z.number(),
  float64: z.array(z.number()),
});

/** What validators are paid in an epoch, and what all of them hold. */
const PAID = 41;
const HELD = 1_000;
/** Six decimals are printed. A step of the grid in each of 40 epochs moves a total a little further. */
const PRINTED = 1.5e-6;
const ON_EDGE = 2e-4;
/** Has epochs without consensus, in which the script's wide matrices pay other validators. */
const OTHERWISE = 21;

/** Totals over all epochs of the scenarios whose weights stand in `yuma/yuma`. */
export const checkYumaTotals: CheckCase = checkerAmong(totals, (one, others) => {
  if (one.case === OTHERWISE) return;
  const built = scenarioOf(one.case, others("yuma/yuma"));
  const { version, ...stated } = VERSIONS[one.version];
  const params = yumaCase.shape.params.parse({ ...stated, bondPenalty: one.bondPenalty, winnerTakesAll: built.params.winnerTakesAll });
  const sums = one.float64.map(() => 0);
  const { resetBonds: _, ...course } = built;
  eachEpoch({ ...course, epochs: one.epochs }, configurationOf(version, params), (_epoch, { dividends }, stakes) => {
    const all = stakes.reduce((sum, stake) => sum + stake, 0);
    stakes.forEach((stake, i) => {
      if (stake > 0) sums[i] += (PAID * dividends[i]) / ((HELD * stake) / all);
    });
  });
  same("totals.length", sums.length, built.validators);
  const tolerance = built.flags.quantizationEdgeEpochs.length > 0 ? ON_EDGE : PRINTED;
  for (const [i, total] of one.float64.entries()) near(`float64[${i}]`, sums[i], total, tolerance);
});

/** Parsed once a file. */
const parsed = new WeakMap<readonly unknown[], Map<number, YumaCase>>();

function scenarioOf(number: number, lines: readonly unknown[]): YumaCase {
  let scenarios = parsed.get(lines);
  if (scenarios === undefined) {
    scenarios = new Map();
    for (const line of lines) {
      const one = yumaCase.parse(line);
      const named = one.kind === "builtin" ? /^case(\d+)-/.exec(one.id) : null;
      if (named !== null) scenarios.set(Number(named[1]), one);
    }
    parsed.set(lines, scenarios);
  }
  const built = scenarios.get(number);
  if (built === undefined) throw new GoldenDifference(`case ${number} in yuma/yuma`, null, "its weights");
  return built;
}
