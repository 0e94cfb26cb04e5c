import { normalDeviates, number } from "../../../engine/index.js";
import type { UnitPoint } from "../space.js";
import { parzen } from "./parzen.js";
import { Rounds } from "./rounds.js";
import { declareSampler, type Outcome, SAMPLER_PARAMETER_CODE } from "./sampler.js";
import { Untried } from "./untried.js";

/** What was tried, best first; what has no loss comes last, and before it what is not known yet. */
interface Trial {
  readonly point: UnitPoint;
  readonly loss: number;
}

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011, section 4): trials are parted into the best `good_share` and the
 * rest; of candidates drawn from the density of the good ones, on each axis by itself, the one is taken at which that density is
 * largest against the density of the rest: the largest expected improvement. Points of the batch that is being made count among
 * the rest, so that a batch does not try one place several times.
 */
export const tpe = declareSampler({
  name: "tpe",
  meaning: "points where good trials are dense and others are not, parameter by parameter; for one objective, values of any kind",
  parameters: {
    startup: number({
      range: { atLeast: 2, atMost: 10_000, whole: true },
      code: SAMPLER_PARAMETER_CODE,
      default: 16,
      unit: "points",
      meaning: "Points drawn at random before the first that is chosen.",
    }),
    candidates: number({
      range: { atLeast: 1, atMost: 10_000, whole: true },
      code: SAMPLER_PARAMETER_CODE,
      default: 24,
      meaning: "Values drawn for every parameter, of which the most promising is taken.",
    }),
    goodShare: number({
      range: { above: 0, below: 1 },
      code: SAMPLER_PARAMETER_CODE,
      default: 0.15,
      meaning: "Share of the trials that count as good.",
    }),
    batch: number({
      range: { atLeast: 1, atMost: 1000, whole: true },
      code: SAMPLER_PARAMETER_CODE,
      default: 4,
      unit: "points",
      meaning: "Points chosen at once: more can run at the same time, and each knows less.",
    }),
  },
  adapts: true,
  objectives: "one",
  batchSize: ({ batch }) => batch,
  bind({ startup, candidates, goodShare, batch }, { axes, random }) {
    const stream = random("tuning/tpe");
    const normal = normalDeviates(random("tuning/tpe/normal"));
    const untried = new Untried(axes);
    const trials: Trial[] = [];
    let asked: readonly UnitPoint[] = [];

    const choose = (good: readonly UnitPoint[], rest: readonly UnitPoint[]): UnitPoint =>
      axes.map((axis, at) => {
        const likely = parzen(
          axis,
          good.map((point) => point[at]),
          stream,
          normal,
        );
        const unlikely = parzen(
          axis,
          rest.map((point) => point[at]),
          stream,
          normal,
        );
        let [best, bestRatio] = [0, -1];
        for (let k = 0; k < candidates; k++) {
          const coordinate = likely.draw();
          const ratio = likely.at(coordinate) / unlikely.at(coordinate);
          if (ratio > bestRatio) [best, bestRatio] = [coordinate, ratio];
        }
        return best;
      });

    return new Rounds("one", {
      propose() {
        const sorted = trials.map((trial) => trial).sort((a, b) => (a.loss < b.loss ? -1 : a.loss > b.loss ? 1 : 0));
        // What failed is never good: where all did, there is nothing to learn, and points are drawn at random.
        const finished = sorted.filter(({ loss }) => loss < Number.POSITIVE_INFINITY).length;
        const goodCount = Math.min(Math.ceil(goodShare * sorted.length), finished);
        const good = sorted.slice(0, goodCount).map(({ point }) => point);
        const rest = sorted.slice(goodCount).map(({ point }) => point);
        const points: UnitPoint[] = [];
        while (points.length < batch) {
          const isKnown = trials.length + points.length >= startup && goodCount > 0;
          const point = untried.take(isKnown ? choose(good, [...rest, ...points]) : axes.map(() => stream()));
          if (point === null) break;
          points.push(point);
        }
        asked = points;
        return points;
      },
      learn(outcomes: readonly Outcome[]) {
        for (const [at, point] of asked.entries()) trials.push({ point, loss: outcomes[at]?.[0] ?? Number.POSITIVE_INFINITY });
      },
    });
  },
});
