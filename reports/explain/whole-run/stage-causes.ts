import { goesBeyond, isRead, type PoolCourse, ruleLabel, type StageConfiguration } from "../../../engine/index.js";
import { statedDecimal } from "../../format/stated-decimal.js";
import type { SpendingNote } from "../../reading/spending-notes.js";
import { NO_ROWS, type OwnRows } from "../told/own-rows.js";
import type { NamedRow } from "../told/told-rows-of.js";
import { budgetWords } from "./budget-words.js";
import type { Cause, CauseRange } from "./cause.js";
import { FollowedPools } from "./followed-pools.js";
import { holdingWords } from "./holding-words.js";
import { isArrival, isExit, isOfHolding, isOfSeat, type OwnEvent, type OwnEvents } from "./own-events.js";
import { poolCause } from "./pool-cause.js";
import { NOBODY, type PoolMember } from "./pool-members.js";
import { isLed, shareWords } from "./share-words.js";

/** What a miner has before a stage, its factor, and what it has then, by epoch. */
export interface StageRow {
  readonly before: Float64Array;
  readonly factor: Float64Array;
  readonly after: Float64Array;
}

/** What moves a stage. */
export interface StageMover {
  /** Does its stake, or what it holds, decide it? Then events of these may stand beside it. */
  readonly byHolding: boolean;
  /** Left out, or undefined: it goes by what is held, and for how long. */
  readonly cause?: (range: CauseRange) => Cause | undefined;
  /** Of pools: what of them moved it, as a name that stays the same; null: it is not known. */
  readonly part?: FollowedPools["part"];
}

/**
 * Why a stage gives a miner something else: in words what it goes by, and an event of the miner's own only where that moves it.
 * @param withheldBy a stage before that withholds bonuses; null: none does
 */
export function stageMover(
  one: StageConfiguration,
  row: StageRow,
  events: OwnEvents,
  withheldBy: string | null,
  known: KnownOfMiner = {},
): StageMover {
  const { rows = NO_ROWS, isScored = false, who = NOBODY, spending = new Map() } = known;
  const { stage, parameters, variant, of } = one;
  if (!isRead(stage) || !isRead(variant)) return alien("its rule goes by what was not read");
  if (typeof stage === "object" || typeof variant === "object") return ownRule(one, rows);
  if (stage === "gate") return gate(parameters as GateParameters, events, rows);
  if (stage === "selling_penalty") return { byHolding: true, cause: (range) => penalty(range, row, events) };
  if (stage !== "multiplier") {
    // What a stream told counts where it led the share with which the miner enters the stage.
    const moved = (range: CauseRange) => (isScored && isLed(row, range) ? rows.moved("scores", range) : null);
    const budgeted = (range: CauseRange) => (stage === "budget" ? budgetWords(one, range, spending) : null);
    const entered = (range: CauseRange) => {
      const words = budgeted(range);
      return words === null ? told(shareWords(one, row, range), null, moved(range)) : told(words);
    };
    const followed = stage === "pools" ? followedPools(one, row, events, withheldBy, known) : null;
    const inner = stage === "pools" ? poolCause(one, row, who, rows) : null;
    const cause = (range: CauseRange) => followed?.cause(range) ?? inner?.(range, gateOf(events, rows)) ?? entered(range);
    return { byHolding: false, cause, ...(followed === null ? {} : { part: (range) => followed.part(range) }) };
  }
  const bonus = bonusBy(variant ?? "", of, events);
  return withheldBy === null ? bonus : { ...bonus, cause: (range) => withheld(range, row, withheldBy) ?? bonus.cause?.(range) };
}

/** What is known of a miner besides tables of its own. */
export interface KnownOfMiner {
  /** What streams told of it. */
  readonly rows?: OwnRows;
  /** Are scores the base weights? */
  readonly isScored?: boolean;
  /** As pools know it. */
  readonly who?: PoolMember;
  /** What the budget of its list came to, by epoch. */
  readonly spending?: ReadonlyMap<number, SpendingNote>;
  /** What pools did to it, epoch by epoch; null: it was not followed. */
  readonly course?: PoolCourse | null;
}

/** Of pools through which a miner was followed; null: it was not. */
function followedPools(
  pools: StageConfiguration,
  shares: StageRow,
  events: OwnEvents,
  withheldBefore: string | null,
  { course = null, rows }: KnownOfMiner,
): FollowedPools | null {
  if (course === null) return null;
  return new FollowedPools(pools, shares, course, ({ one, row, withheldBy }, range) => {
    const before = withheldBy === null ? withheldBefore : `stage ${withheldBy} of the pool`;
    const cause = stageMover(one, row, events, before, rows === undefined ? {} : { rows }).cause?.(range);
    if (cause !== undefined) return cause;
    const { largest, count } = events.largest(range.startMs, range.endMs, isOfHolding);
    return { words: holdingWords(range.change, largest), event: largest, events: count };
  });
}

function told(
  words: string,
  found: { readonly largest: OwnEvent | null; readonly count: number } | null = null,
  row: NamedRow | null = null,
): Cause {
  return { words, event: found?.largest ?? null, events: found?.count ?? 0, ...(row === null ? {} : { row }) };
}

/** Of which only is known what it goes by. */
function alien(words: string): StageMover {
  return { byHolding: false, cause: () => told(words) };
}

/** What it reads is not known; what streams told meanwhile may be that. */
function ownRule(one: StageConfiguration, rows: OwnRows): StageMover {
  const beyond = goesBeyond(one);
  const label = ruleLabel(typeof one.stage === "object" ? one.stage : (one.variant ?? one.stage));
  const words = beyond === null ? `${label} goes by a rule of its own` : `${label} goes by ${beyond}`;
  return { byHolding: false, cause: (range) => told(words, null, rows.last(range, ["collateral", "scores"])) };
}

/** Why a gate of a pool moved. */
function gateOf(events: OwnEvents, rows: OwnRows) {
  return (parameters: object, range: CauseRange) => gate(parameters as GateParameters, events, rows).cause?.(range);
}

interface GateParameters {
  readonly by: "stake" | "collateral" | "age" | "volume";
  readonly atLeast: number;
  readonly unit: "alpha" | "tao";
  readonly below: "zero" | "scale" | "no_bonus";
}

function gate({ by, atLeast, unit, below }: GateParameters, events: OwnEvents, rows: OwnRows): StageMover {
  const minimum = statedDecimal(atLeast);
  switch (by) {
    case "stake": {
      const at = unit === "tao" ? `${minimum} TAO, at the price of the epoch` : minimum;
      const words = { up: `its stake reached ${at}`, down: `its stake fell below ${at}` };
      const scaled = unit === "tao" ? { up: "its stake is worth more TAO", down: "its stake is worth less TAO" } : HELD;
      return { byHolding: true, cause: (range) => told((below === "scale" ? scaled : words)[range.change], byStake(range, events)) };
    }
    case "collateral": {
      const words = { up: `its collateral reached ${minimum}`, down: `its collateral fell below ${minimum}` };
      const scaled = { up: `its collateral rose, of ${minimum} that are asked for`, down: `its collateral fell, below ${minimum}` };
      return {
        byHolding: false,
        cause: (range) => told((below === "scale" ? scaled : words)[range.change], null, rows.moved("collateral", range)),
      };
    }
    case "age": {
      const words = {
        up: `it has been registered for ${below === "scale" ? "longer" : `${minimum} days`}`,
        down: "it was registered anew",
      };
      return {
        byHolding: false,
        cause: (range) => told(words[range.change], range.change === "up" ? null : events.largest(range.startMs, range.endMs, isOfSeat)),
      };
    }
    case "volume":
      return { byHolding: false, cause: ({ change }) => told(`it traded ${change === "up" ? "more" : "less"} TAO in the epoch`) };
  }
}

const HELD = { up: "more is held", down: "less is held" };

/** The largest that moved its stake that way. */
function byStake({ change, startMs, endMs }: CauseRange, events: OwnEvents) {
  return events.largest(startMs, endMs, change === "up" ? isArrival : isExit);
}

/** By what stake falls, other than by a move that is neutral. */
const SALES: readonly string[] = ["withdraw", "slash", "burn", "unexplained"];

function penalty(range: CauseRange, { factor }: StageRow, events: OwnEvents): Cause {
  if (range.change === "up")
    return told(factor[range.to] === 1 ? "its penalty is over" : "the hours of a harder step of its penalty are over");
  const sold = events.largest(range.startMs, range.endMs, (event) => isExit(event) && SALES.includes(event.event));
  return told("its stake fell, and a step of the penalty began", sold);
}

function bonusBy(variant: string, of: object | undefined, events: OwnEvents): StageMover {
  const byHolding = true;
  switch (variant) {
    case "stake_tiers": {
      const { tiers } = of as { readonly tiers: readonly { readonly value: number }[] };
      const rises = tiers.every(({ value }, at) => value >= (tiers[at - 1]?.value ?? 1));
      return {
        byHolding,
        cause: (range) =>
          rises
            ? told(range.change === "up" ? "its stake reached a higher tier" : "its stake fell to a lower tier", byStake(range, events))
            : told("its stake is in another tier"),
      };
    }
    case "stake_share":
      return {
        byHolding,
        cause: (range) => told(`its part of the stake of all ${range.change === "up" ? "rose" : "fell"}`, byStake(range, events)),
      };
    case "net_stake":
      return {
        byHolding,
        cause: (range) => told(`what it keeps as stake of its pay ${range.change === "up" ? "rose" : "fell"}`, byStake(range, events)),
      };
    default:
      return { byHolding };
  }
}

/** Who has no bonus has exactly 1; which of both it was no table holds. */
function withheld({ before, to }: CauseRange, { factor }: StageRow, withheldBy: string): Cause | undefined {
  const mayBe = factor[to] === 1 || (before !== null && factor[before] === 1);
  return mayBe ? told(`it goes by what is held, and ${withheldBy} may have withheld the bonus before or since`) : undefined;
}
