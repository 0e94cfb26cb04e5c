import type { RewardsConfiguration } from "../../../engine/index.js";
import type { OpenRun } from "../../../recorders/index.js";
import { formatTokensShort } from "../../format/amount.js";
import { formatTerm } from "../../format/numbers.js";
import type { ParticipantRow, PayoutRow, ScoreRow } from "../../index-subnet/index-rows.js";
import { readTableRows } from "../../reading/table-rows.js";
import type { RunRules } from "../../rules.js";
import type { Series } from "../whole-run/range-series.js";
import { Activity } from "./activity.js";
import { baseCause } from "./base-cause.js";

/**
 * Tier and rank of a participant of an index subnet over a run, and its share of the base pool, each with what made it change. None where
 * scores were not recorded.
 * @param listed what its rule gives it, of which factors move its share of the base pool
 */
export async function standingSeries(
  run: OpenRun,
  { index, stages }: RunRules,
  position: number,
  listed: readonly Series[],
): Promise<readonly Series[]> {
  if (!run.tables.includes("scores") || index == null) return [];
  const [member] = await readTableRows<ParticipantRow>(run, "participants", { position });
  if (member === undefined) return [];
  const own = new Map<number, ScoreRow>();
  for (const row of await readTableRows<ScoreRow>(run, "scores", { participant: member.participant })) own.set(row.epoch, row);
  const activity = await Activity.of(run, member.participant);
  const { tiers } = index.rewards;
  const level = (epoch: number) => {
    const row = own.get(epoch);
    const at = tiers.findIndex(({ name }) => name === row?.tier);
    return row === undefined ? Number.NaN : at === -1 ? 0 : tiers.length - at;
  };
  const shares = await baseShares(run, member.participant);
  const step = { path: null, byHolding: false, isStep: true } as const;
  const why = (before: number | null, at: number) => wordsOf(index.rewards, before === null ? undefined : own.get(before), own.get(at));
  const standing: Pick<Series, "path" | "byHolding" | "isStep" | "cause"> = {
    ...step,
    cause: ({ before, from }) => ({ words: why(before, from), ...activity.within(from, from) }),
  };
  return [
    { ...standing, term: "tier", at: level, shown: (epoch) => own.get(epoch)?.tier || "none" },
    {
      ...standing,
      term: "rank",
      at: (epoch) => -(own.get(epoch)?.rank ?? Number.NaN),
      shown: (epoch) => String(own.get(epoch)?.rank ?? 0),
    },
    {
      term: "base_pool",
      path: null,
      byHolding: false,
      at: (epoch) => shares.get(epoch) ?? Number.NaN,
      cause: (range) => {
        const rows = { before: range.before === null ? undefined : own.get(range.before), now: own.get(range.to) };
        const byScore = stages !== null || index.rewards.baseBy === "score";
        return baseCause(range, rows, { rewards: index.rewards, byScore, activity, factors: listed.filter(({ isFactor }) => isFactor) });
      },
    },
  ];
}

/** What it has of what the base pool pays, by epoch. */
async function baseShares(run: OpenRun, participant: number): Promise<ReadonlyMap<number, number>> {
  const sums = new Map<number, number>();
  const own = new Map<number, number>();
  if (!run.tables.includes("payouts")) return own;
  for (const row of await readTableRows<PayoutRow>(run, "payouts")) {
    if (row.kind !== "miner") continue;
    sums.set(row.epoch, (sums.get(row.epoch) ?? 0) + row.base_rao);
    if (row.participant === participant) own.set(row.epoch, row.base_rao);
  }
  for (const [epoch, rao] of own) own.set(epoch, rao > 0 ? rao / (sums.get(epoch) ?? rao) : 0);
  return own;
}

/** What a score is made of, and what is said of a change of it. */
const PARTS = [
  { of: ({ standing }: ScoreRow) => standing, name: "what anti-gaming leaves of its score" },
  { of: ({ volume }: ScoreRow) => volume, name: "its volume relative to the largest" },
  { of: ({ frequency }: ScoreRow) => frequency, name: "its transactions relative to the most" },
  { of: ({ consistency }: ScoreRow) => consistency, name: "its consistency" },
] as const;

function wordsOf(rewards: RewardsConfiguration, before: ScoreRow | undefined, now: ScoreRow | undefined): string {
  if (now === undefined) return "not recorded";
  const place = `${now.rank === 0 ? "not ranked" : `rank ${now.rank}`}${before === undefined ? "" : ` after ${before.rank === 0 ? "none" : before.rank}`}`;
  return `${place}: ${reasonOf(rewards, before, now)}`;
}

function reasonOf({ minVolumeRao }: RewardsConfiguration, before: ScoreRow | undefined, now: ScoreRow): string {
  if (now.rank === 0 && now.standing === 0) return "anti-gaming excludes it";
  if (now.rank === 0 && volumeOf(now) < minVolumeRao) {
    return `its volume of ${formatTokensShort(volumeOf(now))} TAO is below min_volume`;
  }
  if (before === undefined) return `its score is ${formatTerm(now.score)}`;
  if (before.rank === 0 && volumeOf(before) < minVolumeRao) {
    return `its volume of ${formatTokensShort(volumeOf(now))} TAO reaches min_volume`;
  }
  const rises = before.rank === 0 || (now.rank !== 0 && now.rank < before.rank);
  const moved = now.score - before.score;
  if (moved === 0 || moved > 0 !== rises)
    return `its score is ${formatTerm(now.score)} after ${formatTerm(before.score)}; others score ${rises ? "less" : "more"}`;
  const changes = PARTS.map(({ of, name }) => ({ name, from: of(before), to: of(now) }));
  const own = changes.filter(({ from, to }) => to !== from && to > from === rises);
  const [most] = own.sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  if (most === undefined) return `its score is ${formatTerm(now.score)} after ${formatTerm(before.score)}`;
  return `${most.name} ${rises ? "rose" : "fell"}, ${formatTerm(most.to)} after ${formatTerm(most.from)}`;
}

function volumeOf({ minted_rao, redeemed_rao }: ScoreRow): number {
  return minted_rao + redeemed_rao;
}
