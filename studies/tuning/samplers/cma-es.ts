import { math, normalDeviates, number, numberOrOff, TenureError } from "../../../engine/index.js";
import { type Axis, snap, type UnitPoint } from "../space.js";
import { type Candidate, CmaDistribution } from "./cma-distribution.js";
import { Rounds } from "./rounds.js";
import { axisLabel, declareSampler, type Outcome, SAMPLER_PARAMETER_CODE } from "./sampler.js";
import { Untried } from "./untried.js";

/** A search that has come to its end, in widths of the axes and in losses (relative); restarts begin from there. */
const NARROWEST = 1e-9;
const WIDEST = 10;
const LARGEST_CONDITION = 1e14;
const SMALLEST_GAIN = 1e-12;
/** Of a level: a distribution narrower than that hardly leaves it. */
const NARROWEST_OF_LEVEL = 0.25;

/**
 * CMA-ES (Hansen's tutorial, arXiv:1604.00772): draws from a normal distribution and moves it, its step and its covariance towards what was better.
 * The cube is left nowhere: outside of it the function is continued by reflection at its faces. On axes with levels the point is
 * that of the level in which it falls. A search that has come to an end starts anew elsewhere with twice as many points a
 * generation (IPOP: Auger & Hansen 2005).
 */
export const cmaEs = declareSampler({
  name: "cma_es",
  meaning: "a normal distribution that moves and stretches towards better points; for one objective and parameters that are numbers",
  parameters: {
    population: numberOrOff({
      range: { atLeast: 4, atMost: 10_000, whole: true },
      code: SAMPLER_PARAMETER_CODE,
      default: null,
      unit: "points",
      meaning: "Points of a generation, until the first restart. Null: 4 + 3 ln(number of parameters), rounded down.",
    }),
    step: number({
      range: { above: 0, atMost: 1 },
      code: SAMPLER_PARAMETER_CODE,
      default: 0.3,
      meaning: "Standard deviation at the start, in widths of the ranges.",
    }),
  },
  adapts: true,
  objectives: "one",
  batchSize: ({ population }, axes) => population ?? defaultPopulation(axes.length),
  bind({ population, step }, { axes, random }) {
    refuseUnordered(axes);
    const stream = random("tuning/cma_es");
    const normal = normalDeviates(random("tuning/cma_es/normal"));
    const untried = new Untried(axes);
    let points = population ?? defaultPopulation(axes.length);
    let search = new CmaDistribution(
      axes.map(() => 0.5),
      step,
      points,
    );
    let bests: number[] = [];
    let drawn: Candidate[] = [];

    const restart = () => {
      points *= 2;
      search = new CmaDistribution(
        axes.map(() => stream()),
        step,
        points,
      );
      bests = [];
    };
    return new Rounds("one", {
      propose() {
        drawn = [];
        const asked: UnitPoint[] = [];
        while (asked.length < points) {
          const raw = search.draw(normal);
          const wanted = Array.from(raw, reflected);
          const given = untried.take(wanted);
          if (given === null) break;
          asked.push(given);
          // In the place of a combination that was tried stands another one: that is what the loss belongs to.
          const isInjected = given.some((coordinate, at) => coordinate !== snap(wanted[at], axes[at]));
          drawn.push({ point: isInjected ? Float64Array.from(given) : raw, isInjected });
        }
        return asked;
      },
      learn(outcomes: readonly Outcome[]) {
        const losses = outcomes.map((outcome) => outcome?.[0] ?? Number.POSITIVE_INFINITY);
        // Of a space that is used up, or without any loss, there is nothing to learn.
        if (losses.length < points || losses.every((loss) => loss === Number.POSITIVE_INFINITY)) return;
        const order = losses.map((_, at) => at).sort((a, b) => (losses[a] < losses[b] ? -1 : losses[a] > losses[b] ? 1 : a - b));
        const ranked = order.map((at) => losses[at]);
        search.move(
          order.map((at) => drawn[at]),
          ranked[0] === ranked[Math.floor(0.7 * (points - 1))],
        );
        for (const [at, { levels }] of axes.entries()) if (levels !== null) search.widen(at, NARROWEST_OF_LEVEL / levels);
        bests.push(ranked[0]);
        if (isOver(search, bests, 10 + Math.ceil((30 * axes.length) / points))) restart();
      },
    });
  },
});

function defaultPopulation(n: number): number {
  return 4 + Math.floor(3 * math.ln(n));
}

/** The function is even around every face of the cube, and so has a period of 2. */
function reflected(coordinate: number): number {
  const inPeriod = coordinate - 2 * Math.floor(coordinate / 2);
  return inPeriod < 1 ? inPeriod : 2 - inPeriod;
}

/** Tutorial, B.3: too narrow, too wide, degenerate, or no gain over so many generations. */
function isOver({ widest, condition }: CmaDistribution, bests: readonly number[], generations: number): boolean {
  if (!(widest > NARROWEST && widest < WIDEST && condition < LARGEST_CONDITION)) return true;
  if (bests.length < generations) return false;
  const last = bests.slice(-generations);
  const [least, most] = [Math.min(...last), Math.max(...last)];
  return most - least <= SMALLEST_GAIN * Math.max(Math.abs(least), Math.abs(most));
}

function refuseUnordered(axes: readonly Axis[]): void {
  const at = axes.findIndex(({ levels, isOrdered }) => levels !== null && levels > 2 && !isOrdered);
  if (at === -1) return;
  throw new TenureError({
    code: "TEN-SAMPLER-004",
    what: "CMA-ES needs parameters whose values have an order.",
    place: { path: "sampler" },
    found: axisLabel(axes[at], at),
    allowed: "numbers, and lists of two values",
    hint: "Take another sampler: tpe, random.",
  });
}
