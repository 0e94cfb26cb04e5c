import type { PoolCourse, PoolShare, StageConfiguration } from "../../../engine/index.js";
import { formatTerm } from "../../format/numbers.js";
import { statedTitle } from "../../stage-step.js";
import { type Cause, type CauseRange, causeInWords } from "./cause.js";
import { logMoved } from "./log-moved.js";
import { membershipWords, type Pool, statedPools } from "./pool-members.js";
import { enteredWords, type Shares } from "./share-words.js";
import { withheldBefore } from "./withholding.js";

/** A stage of a pool, of which a cause is asked. */
export interface PoolStage {
  readonly one: StageConfiguration;
  /** Of the pool. */
  readonly row: Shares & { readonly factor: Float64Array };
  /** Place of a stage in the pool before it that withholds bonuses, from 1; null: none does. */
  readonly withheldBy: number | null;
}

/** From which epoch to which, and how it moved. */
export type MoveRange = Pick<CauseRange, "before" | "to" | "change">;

/** What made a term move: how far, on a log scale, above 0 in the direction of the range; and how that is told. */
interface Move {
  /** What moved, by a name that stays the same. */
  readonly part: string;
  readonly by: number;
  cause(range: CauseRange): Cause;
}

/**
 * Of a stage `pools`, of a miner that was followed through it: what moved most of the pool that moved it most.
 * @param shares with which it entered the pools, and what it had then
 * @param causeOf why a stage of a pool moved
 */
export class FollowedPools {
  readonly #pools: readonly Pool[];
  /** Rows of stages of pools, by both their places. */
  readonly #rows = new Map<string, PoolStage["row"]>();

  constructor(
    one: StageConfiguration,
    private readonly shares: Shares,
    private readonly course: PoolCourse,
    private readonly causeOf: (stage: PoolStage, range: CauseRange) => Cause,
  ) {
    this.#pools = statedPools(one);
  }

  /** Undefined: it is not known. */
  cause(range: CauseRange): Cause | undefined {
    return this.#largest(range)?.cause(range);
  }

  /** What moved it, by a name that stays the same; null: it is not known. */
  part(range: MoveRange): string | null {
    return this.#largest(range)?.part ?? null;
  }

  #largest(range: MoveRange): Pick<Move, "part" | "cause"> | undefined {
    const { before, to, change } = range;
    const [then, now] = [before === null ? undefined : this.course.at(before), this.course.at(to)];
    if (then === undefined || now === undefined) return undefined;
    const sign = change === "up" ? 1 : -1;
    let most = 0;
    let at = -1;
    for (const pool of this.#pools.keys()) {
      const by = sign * (givenBy(pool, now) - givenBy(pool, then));
      if (by > most) [most, at] = [by, pool];
    }
    if (at === -1) return undefined;
    const [was, is] = [then, now].map((shares) => shares.find(({ pool }) => pool === at));
    const pool = this.#pools[at];
    if (was === undefined || is === undefined) {
      const isIn = is !== undefined;
      const told = `pool ${pool.name}: ${isIn ? "it is a member now" : "it is no member any more"}, since ${membershipWords(pool, isIn)}`;
      return { part: `${at} members`, cause: () => causeInWords(told) };
    }
    let largest: Move | null = null;
    for (const move of this.#moves(at, was, is, range, sign)) {
      if (move.by > (largest?.by ?? 0)) largest = move;
    }
    return largest ?? undefined;
  }

  /** In the order in which a share is made, so that of a share that vanished the first is named. */
  #moves(at: number, then: PoolShare, now: PoolShare, range: MoveRange, sign: number): readonly Move[] {
    const { name, stages } = this.#pools[at];
    const pool = `pool ${name}`;
    const { before: entered } = this.shares;
    const own = sign * logMoved(entered[range.before as number], entered[range.to]);
    const [others, rose] = sign > 0 ? ["less", "fell"] : ["more", "rose"];
    const base = sign * logMoved(then.baseShare, now.baseShare) - own;
    return [
      {
        part: `${at} entered`,
        by: own,
        cause: (asked) => causeInWords(`${pool}: ${enteredWords(this.shares, asked) ?? "what it entered with moved"}`),
      },
      {
        part: `${at} others`,
        by: Number.isNaN(base) ? 0 : base,
        cause: () => causeInWords(`${pool}: its other members have ${others} before it`),
      },
      ...now.stages.flatMap(({ at: stage, factor, before, after }): Move[] => {
        const was = then.stages.find((one) => one.at === stage);
        if (was === undefined) return [];
        const one = stages[stage];
        const title = `${pool}, stage ${stage + 1}, ${statedTitle(one)}`;
        const whole = sign * logMoved(was.after / was.before, after / before);
        const told = { part: `${at} stage ${stage}`, cause: (asked: CauseRange) => this.#titled(title, this.#asked(at, stage, asked)) };
        if (factor === null || was.factor === null) return [{ by: whole, ...told }];
        const byOwn = sign * logMoved(was.factor, factor);
        return [
          { by: byOwn, ...told },
          {
            part: `${at} others of stage ${stage}`,
            by: whole - byOwn || 0,
            cause: () => causeInWords(`${title}: the factors of its other members ${rose}`),
          },
        ];
      }),
      {
        part: `${at} given`,
        by: sign * logMoved(then.part, now.part),
        cause: () =>
          causeInWords(
            `${pool}: it gives ${formatTerm(now.part)} of the pot after ${formatTerm(then.part)}, since another is empty${sign > 0 ? "" : " no longer"}`,
          ),
      },
    ];
  }

  #titled(title: string, cause: Cause): Cause {
    return { ...cause, words: `${title}: ${cause.words}` };
  }

  #asked(pool: number, stage: number, range: CauseRange): Cause {
    const { stages } = this.#pools[pool];
    return this.causeOf({ one: stages[stage], row: this.#row(pool, stage), withheldBy: withheldBefore(stages, stage) }, range);
  }

  #row(pool: number, stage: number): PoolStage["row"] {
    const key = `${pool} ${stage}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const { length } = this.shares.before;
    const column = () => new Float64Array(length).fill(Number.NaN);
    const row = { before: column(), factor: column(), after: column() };
    for (let epoch = 0; epoch < length; epoch++) {
      const one = this.course
        .at(epoch)
        ?.find((entry) => entry.pool === pool)
        ?.stages.find(({ at }) => at === stage);
      if (one === undefined) continue;
      row.before[epoch] = one.before;
      row.factor[epoch] = one.factor ?? 1;
      row.after[epoch] = one.after;
    }
    this.#rows.set(key, row);
    return row;
  }
}

/** Of the pot. */
function givenBy(pool: number, shares: readonly PoolShare[]): number {
  return shares.reduce((sum, one) => (one.pool === pool ? sum + one.part * one.share : sum), 0);
}
