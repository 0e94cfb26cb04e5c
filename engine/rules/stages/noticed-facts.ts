import { snakeCase } from "../../kernel/names.js";
import type { Trace } from "../trace.js";
import { REAL_FACTS } from "./fact-columns.js";
import type { StageFacts } from "./stage-facts.js";

type RealFact = (typeof REAL_FACTS)[number];

const WORDS: Readonly<Record<RealFact, string>> = {
  registeredMs: "as it read: when the hotkey was registered, Unix ms",
  stakeRao: "as it read: stake of the position, rao",
  heldShare: "as it read: remaining / received",
  heldDays: "as it read: mean age of what is held, days",
  collateralRao: "as it read: collateral by the latest row of the stream, rao",
  volumeRao: "as it read: TAO traded in the epoch, rao",
  earnedRao: "as it read: emission booked for the hotkey so far, rao",
  movedRao: "as it read: what neutral moves brought so far, less what they took, rao",
  score: "as it read: score by the latest row of the stream",
  scoredMs: "as it read: when the score was told, Unix ms",
};

/** Facts for a rule of one's own that is explained: which of them it reads is noticed, since nobody else knows. */
export class NoticedFacts {
  readonly facts: StageFacts;
  readonly #read = new Set<PropertyKey>();
  readonly #columns = new Set<string>();

  /** @param of handed on as they are */
  constructor(private readonly of: StageFacts) {
    const scoreColumn = (miner: number, column: string): number => {
      if (typeof column === "string") this.#columns.add(column);
      return of.scoreColumn(miner, column);
    };
    this.facts = new Proxy(of, {
      get: (target, name) => {
        this.#read.add(name);
        return name === "scoreColumn" ? scoreColumn : Reflect.get(target, name);
      },
    });
  }

  /** The numbers of a miner that it read; what is none is left out. */
  tell(miner: number, trace: Trace): void {
    for (const name of REAL_FACTS) {
      if (this.#read.has(name) && Number.isFinite(this.of[name][miner])) trace.fact(snakeCase(name), this.of[name][miner], WORDS[name]);
    }
    for (const column of this.#columns) {
      const value = this.of.scoreColumn(miner, column);
      if (Number.isFinite(value))
        trace.fact(`score_${snakeCase(column)}`, value, `as it read: what the stream of scores tells of it as ${column}`);
    }
  }
}
