import { Fraction } from "../../kernel/decimal.js";
import { abs } from "../../kernel/math.js";
import { HOUR_MS } from "../../kernel/time.js";
import type { StageFacts } from "./stage-facts.js";

/** Within this of a limit doubles do not decide. */
const CLOSE = 1e-12;

interface Step {
  /** Part of the stake that is gone, 0..1. */
  readonly drop: number;
  readonly factor: number;
  readonly hours: number;
}

/** What is kept of a hotkey; stakes less what neutral moves brought, so that these are no sale. */
interface Course {
  /** At its last close, rao. */
  last: number;
  /** Closes of the look-back that no later one is as large as: the first is the largest. */
  readonly times: number[];
  readonly stakes: number[];
  /** Until when each step holds, Unix ms. */
  readonly endsMs: Float64Array;
}

/** Falls of stake, by hotkey, and until when the steps that they started hold. */
export class SellingRecord {
  private readonly courses: (Course | undefined)[] = [];
  private readonly holdMs: readonly number[];
  private readonly lookBackMs: number;
  /** What is left of the largest stake at exactly each step's drop. */
  private readonly lefts: readonly Fraction[];

  constructor(
    private readonly steps: readonly Step[],
    lookBackHours: number,
  ) {
    const hour = Fraction.whole(HOUR_MS);
    // Closes are whole milliseconds: t < start + hours is t < start + ceil(hours), t - look-back <= c is t - floor(look-back) <= c.
    this.holdMs = steps.map(({ hours }) => Number(Fraction.decimal(hours).times(hour).ceil()));
    this.lookBackMs = Number(Fraction.decimal(lookBackHours).times(hour).floor());
    this.lefts = steps.map(({ drop }) => Fraction.whole(1).minus(Fraction.decimal(drop)));
  }

  /** Takes a close: who has less stake than at its close before starts the steps that the fall reaches. */
  take({ count, key, endMs, stakeRao, movedRao }: StageFacts): void {
    for (let i = 0; i < count; i++) {
      if (key[i] < 0) continue;
      const own = stakeRao[i] - movedRao[i];
      const course = this.courses[key[i]];
      if (course === undefined) {
        this.courses[key[i]] = { last: own, times: [endMs], stakes: [own], endsMs: new Float64Array(this.steps.length) };
        continue;
      }
      const { times, stakes } = course;
      while (stakes.length > 0 && stakes[stakes.length - 1] <= own) {
        stakes.pop();
        times.pop();
      }
      stakes.push(own);
      times.push(endMs);
      let gone = 0;
      while (times[gone] < endMs - this.lookBackMs) gone += 1;
      if (gone > 0) {
        times.splice(0, gone);
        stakes.splice(0, gone);
      }
      if (own < course.last) this.start(course, stakeRao[i], stakes[0] + movedRao[i], endMs);
      course.last = own;
    }
  }

  /** The step with the smallest factor that holds for a hotkey; -1: none does. */
  holding(key: number, endMs: number): number {
    const course = this.courses[key];
    let holding = -1;
    if (course === undefined) return holding;
    for (let s = 0; s < this.steps.length; s++) {
      if (endMs >= course.endsMs[s]) continue;
      if (holding === -1 || this.steps[s].factor < this.steps[holding].factor) holding = s;
    }
    return holding;
  }

  /** Until when a step holds, Unix ms. */
  endMs(key: number, step: number): number {
    return this.courses[key]?.endsMs[step] ?? 0;
  }

  /** The largest stake of the look-back, as if neutral moves since had been made before it; rao. */
  largestRao(key: number, movedRao: number): number {
    const course = this.courses[key];
    return course === undefined ? 0 : course.stakes[0] + movedRao;
  }

  private start({ endsMs }: Course, stakeRao: number, largestRao: number, nowMs: number): void {
    const left = largestRao > 0 ? stakeRao / largestRao : 1;
    for (let s = 0; s < this.steps.length; s++) {
      const limit = 1 - this.steps[s].drop;
      const isReached =
        abs(left - limit) > CLOSE ? left < limit : Fraction.whole(stakeRao).compare(this.lefts[s].times(Fraction.whole(largestRao))) <= 0;
      if (isReached) endsMs[s] = nowMs + this.holdMs[s];
    }
  }
}
