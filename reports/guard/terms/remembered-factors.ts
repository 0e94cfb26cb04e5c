import {
  askedFacts,
  type BoundFactorStage,
  boundFactor,
  type StageConfiguration,
  type StageFacts,
  unknownFacts,
} from "../../../engine/index.js";
import { paidKeyText } from "../baseline/paid-line.js";
import type { EpochTerms, TermsOfOne } from "./epoch-terms.js";

/** What a stage that remembers may ask so that the terms of a run tell all of it. */
const TOLD: ReadonlySet<string> = new Set(["key", "earned", "moved"]);

/** Does a stage go by no more than the stakes and pay of this epoch and those before? What neutral moves brought is taken as none. */
export function isRemembered(stage: StageConfiguration): boolean {
  return stage.stage !== "gate" && askedFacts(stage).every((fact) => TOLD.has(fact));
}

/** A factor stage that looks at what others hold, or held and earned before, asked anew of the terms of a run, epoch by epoch. */
export class RememberedFactors {
  readonly #courses = new WeakMap<object, Course>();
  readonly #facts = new WeakMap<EpochTerms, { readonly bound: BoundFactorStage; readonly facts: StageFacts }>();

  constructor(private readonly stage: StageConfiguration) {}

  /** @param run the same object for all epochs of a run, which come in their order; subnets remember apart */
  follow(epoch: EpochTerms, run: object): void {
    const course = this.#courses.get(run) ?? new Course(this.stage);
    this.#courses.set(run, course);
    const { bound, facts } = course.take(epoch);
    this.#facts.set(epoch, { bound, facts });
  }

  /** The factor of a position in the epoch that was followed last; null: it was not. */
  factor({ epoch, at }: TermsOfOne): number | null {
    const known = this.#facts.get(epoch);
    return known === undefined ? null : known.bound.factor(known.facts, at, null);
  }
}

/** One run, as far as it was followed. */
class Course {
  readonly #bySubnet = new Map<number, BoundFactorStage>();
  readonly #keys = new Map<string, number>();
  readonly #earnedRao: number[] = [];

  constructor(private readonly stage: StageConfiguration) {}

  take(epoch: EpochTerms): { readonly bound: BoundFactorStage; readonly facts: StageFacts } {
    const { netuid, who, columns } = epoch;
    const bound = this.#bySubnet.get(netuid) ?? boundFactor(this.stage);
    if (bound === null) throw new TypeError("a stage without a factor remembers none");
    this.#bySubnet.set(netuid, bound);
    const key = Int32Array.from(who, (one) => this.#keyOf(paidKeyText(one)));
    const facts = factsOf(epoch, key, this.#earnedRao);
    bound.begin?.(facts);
    const paid = columns.get("pay.paid");
    for (const [at, number] of key.entries()) this.#earnedRao[number] += paid === undefined || Number.isNaN(paid[at]) ? 0 : paid[at];
    return { bound, facts };
  }

  #keyOf(text: string): number {
    const known = this.#keys.get(text) ?? this.#keys.size;
    if (!this.#keys.has(text)) {
      this.#keys.set(text, known);
      this.#earnedRao[known] = 0;
    }
    return known;
  }
}

function factsOf({ who, endMs, columns }: EpochTerms, key: Int32Array, earnedRao: readonly number[]): StageFacts {
  const count = who.length;
  const column = (id: string, none: number) =>
    Float64Array.from(columns.get(id) ?? new Float64Array(count).fill(Number.NaN), (value) => (Number.isNaN(value) ? none : value));
  const received = column("holdings.received", 0);
  return {
    ...unknownFacts(count),
    endMs,
    key,
    stakeRao: column("holdings.stake", 0),
    heldShare: column("holdings.held_share", Number.NaN).map((share, at) => (received[at] > 0 ? share : Number.NaN)),
    heldDays: column("holdings.held_days", 0),
    earnedRao: Float64Array.from(key, (number) => earnedRao[number]),
    potRao: columns.get("pot")?.[0] ?? 0,
  };
}
