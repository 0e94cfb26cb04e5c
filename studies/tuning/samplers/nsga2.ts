import { number, numberOrOff, type RandomStream } from "../../../engine/index.js";
import { crowdingDistances, fronts } from "../pareto.js";
import type { UnitPoint } from "../space.js";
import { Rounds } from "./rounds.js";
import { declareSampler, type Outcome, SAMPLER_PARAMETER_CODE } from "./sampler.js";
import { Untried } from "./untried.js";
import { type Variation, varied } from "./variation.js";

interface Member {
  readonly point: UnitPoint;
  readonly outcome: Outcome;
}

/** A member with its place among the others: the number of its front, and how far its neighbours are. */
interface Ranked extends Member {
  readonly rank: number;
  readonly distance: number;
}

const INDEX_RANGE = { atLeast: 0, atMost: 1000 } as const;

/**
 * NSGA-II (Deb, Pratap, Agarwal & Meyarivan 2002): parents by tournaments of two, by front and then by distance to neighbours;
 * children by simulated binary crossover and polynomial mutation; of parents and children together the better half lives on.
 * What has no losses loses against everything. On axes with levels a child has the level in which it falls, on axes without order
 * parents exchange values and a mutation draws any.
 */
export const nsga2 = declareSampler({
  name: "nsga2",
  meaning: "a population that crosses and mutates towards the front; for several objectives, values of any kind",
  parameters: {
    population: number({
      range: { atLeast: 4, atMost: 10_000, whole: true },
      code: SAMPLER_PARAMETER_CODE,
      default: 40,
      unit: "points",
      meaning: "Points of a generation. The first is drawn at random; a budget of less than several is no search.",
    }),
    crossoverChance: number({
      range: { atLeast: 0, atMost: 1 },
      code: SAMPLER_PARAMETER_CODE,
      default: 0.9,
      meaning: "Chance that two parents are crossed.",
    }),
    crossoverIndex: number({
      range: INDEX_RANGE,
      code: SAMPLER_PARAMETER_CODE,
      default: 20,
      meaning: "Distribution index of crossover: the larger, the closer are children to parents.",
    }),
    mutationChance: numberOrOff({
      range: { atLeast: 0, atMost: 1 },
      code: SAMPLER_PARAMETER_CODE,
      default: null,
      meaning: "Chance of each value to mutate. Null: one of all values on average.",
    }),
    mutationIndex: number({
      range: INDEX_RANGE,
      code: SAMPLER_PARAMETER_CODE,
      default: 20,
      meaning: "Distribution index of mutation: the larger, the smaller are mutations.",
    }),
  },
  adapts: true,
  objectives: "several",
  batchSize: ({ population }) => population,
  bind({ population, mutationChance, ...given }, { axes, random }) {
    const stream = random("tuning/nsga2");
    const untried = new Untried(axes);
    const variation: Variation = { ...given, mutationChance: mutationChance ?? 1 / axes.length };
    let parents: readonly Ranked[] = [];
    let asked: readonly UnitPoint[] = [];
    return new Rounds("several", {
      propose() {
        const points: UnitPoint[] = [];
        while (points.length < population) {
          const children =
            parents.length === 0
              ? [axes.map(() => stream())]
              : varied(tournament(parents, stream), tournament(parents, stream), axes, variation, stream);
          const taken = children.slice(0, population - points.length).map((child) => untried.take(child));
          points.push(...taken.filter((point) => point !== null));
          if (taken.includes(null)) break;
        }
        asked = points;
        return points;
      },
      learn(outcomes) {
        const children = asked.map((point, at) => ({ point, outcome: outcomes[at] }));
        parents = survivors([...parents, ...children], population);
      },
    });
  },
});

/** The better of two members drawn at random (crowded comparison, Deb et al. 2002, section III B). */
function tournament(parents: readonly Ranked[], random: RandomStream): UnitPoint {
  const [one, other] = [0, 0].map(() => parents[Math.floor(random() * parents.length)]);
  const isBetter = other.rank < one.rank || (other.rank === one.rank && other.distance > one.distance);
  return (isBetter ? other : one).point;
}

/** The best `count` members: front by front, of the last that does not fit whole the ones far from their neighbours. */
function survivors(members: readonly Member[], count: number): readonly Ranked[] {
  const known = members.flatMap(({ point, outcome }) => (outcome === null ? [] : [{ point, losses: outcome, outcome }]));
  const ranked: Ranked[] = [];
  for (const [rank, places] of fronts(known.map(({ losses }) => losses)).entries()) {
    if (ranked.length >= count) break;
    const distances = crowdingDistances(places.map((at) => known[at].losses));
    const front = places.map((at, i) => ({ point: known[at].point, outcome: known[at].outcome, rank, distance: distances[i] }));
    const room = count - ranked.length;
    ranked.push(...(front.length <= room ? front : front.toSorted(farthestFirst).slice(0, room)));
  }
  const failed = members.filter(({ outcome }) => outcome === null);
  for (const member of failed.slice(0, count - ranked.length)) ranked.push({ ...member, rank: Number.POSITIVE_INFINITY, distance: 0 });
  return ranked;
}

function farthestFirst(a: Ranked, b: Ranked): number {
  return a.distance > b.distance ? -1 : a.distance < b.distance ? 1 : 0;
}
