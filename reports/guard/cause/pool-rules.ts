import {
  asksPrice,
  explainFactor,
  goesBeyond,
  isCalled,
  isRead,
  type PoolMembers,
  type StageConfiguration,
} from "../../../engine/index.js";
import { hasFactor, keeps } from "../../stage-step.js";
import type { TermsOfOne } from "../terms/epoch-terms.js";
import { asked } from "../terms/rule-asker.js";
import { minerOf } from "../terms/rule-askers.js";
import { type RuledConfiguration, stageNames } from "../terms/term-layout.js";
import { poolsOf, type StatedPool } from "./stated-pools.js";

/** A stage inside a pool that is another one now, of which a member can be asked what it made, and makes, of what the member has by itself. */
export interface PoolRule {
  /** As a stage of a pool is called where the pool is all that changed. */
  readonly cause: string;
  readonly rule: string;
  /** What it answered and answers of terms of the baseline; null: the same, or it is not asked of this position. */
  hit(of: TermsOfOne): { readonly before: number; readonly after: number } | null;
}

/** The stages with a factor inside pools that differ between two lists whose pools have the same names and members. */
export function changedPoolRules(before: RuledConfiguration, now: RuledConfiguration): readonly PoolRule[] {
  const then = new Map(poolsOf(before).map((pool) => [pool.called, pool]));
  return poolsOf(now).flatMap((pool) => {
    const old = then.get(pool.called);
    if (old === undefined || JSON.stringify(old.members) !== JSON.stringify(pool.members)) return [];
    const tags = now.stages?.tags ?? {};
    const isMember = memberTest(pool, tags);
    if (isMember === null || JSON.stringify(before.stages?.tags ?? {}) !== JSON.stringify(tags)) return [];
    const inner = stageNames(pool.stages).map((name) => name.replace(/^stage\./, ""));
    return pool.stages.flatMap((stage, at): PoolRule[] => {
      const was = old.stages[at];
      if (was === undefined || !isAsked(stage) || !isAsked(was) || JSON.stringify(was) === JSON.stringify(stage)) return [];
      return [
        {
          cause: `${pool.called}.${inner[at]}.share`,
          rule: pool.ruleOf(stage),
          hit: (of) => {
            // A weight of nothing stays nothing.
            if (!(of("base_weight") > 0) || !isMember(of.epoch.who[of.at].hotkey)) return null;
            const [once, today] = [answerOf(was, of), answerOf(stage, of)];
            return once === null || today === null || once === today ? null : { before: once, after: today };
          },
        },
      ];
    });
  });
}

/** Does it answer of what one has by itself? */
function isAsked(stage: StageConfiguration): boolean {
  const isPlain = isRead(stage.stage) && isRead(stage.variant) && !keeps(stage) && hasFactor(stage);
  return isPlain && !asksPrice(stage) && goesBeyond(stage) === null;
}

function answerOf(stage: StageConfiguration, of: TermsOfOne): number | null {
  const miner = minerOf(of);
  return miner === null ? null : (asked(() => explainFactor(stage, miner), [], 1)?.answer ?? null);
}

/** Who is in a pool, by hotkey; null: it goes by uids or ranks, which are no terms. */
function memberTest(
  { members, others }: StatedPool,
  tags: Readonly<Record<string, readonly string[]>>,
): ((hotkey: string) => boolean) | null {
  const named = (of: PoolMembers): ((hotkey: string) => boolean) | null => {
    switch (of.kind) {
      case "all":
        return () => true;
      case "names":
        return (hotkey) => of.names.some((name) => isCalled(hotkey, name));
      case "tags":
        return (hotkey) => of.tags.some((tag) => (tags[tag] ?? []).some((name) => isCalled(hotkey, name)));
      default:
        return null;
    }
  };
  if (members.kind !== "rest") return named(members);
  const tests = others.map(named);
  return tests.includes(null) ? null : (hotkey) => !tests.some((test) => test?.(hotkey) === true);
}
