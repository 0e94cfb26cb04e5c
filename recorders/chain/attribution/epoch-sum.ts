import type { BlockStory } from "./block-story.js";
import type { Epoch } from "./epoch.js";
import type { SubnetSeats } from "./subnet-seats.js";

/**
 * What the chain says an epoch of a subnet paid in all, beside what was recorded as its pay. Where more was recorded, something
 * else moved stake in the epoch's block.
 */
export interface EpochSum {
  readonly netuid: number;
  readonly block: number;
  /** The sum of `Emission[]`, rao. */
  readonly emission_rao: string;
  /** The owner's cut, rao; null where the runtime does not keep it: the owner's position is left out of `recorded_rao` then. */
  readonly owner_cut_rao: string | null;
  /** Incentive of the owner's hotkeys that is in `emission_rao` and did not arrive: recent runtimes burn it. */
  readonly unpaid_rao: string;
  readonly recorded_rao: string;
}

/**
 * @param paidRao by hotkey, what its positions were recorded to have been paid
 * @param ownerRao of it, what the position of the subnet's owner was paid
 */
export function epochSum(
  epoch: Epoch,
  seats: SubnetSeats,
  story: BlockStory,
  paidRao: ReadonlyMap<string, number>,
  ownerRao: number,
): EpochSum {
  const cutRao = ownerCutRao(epoch);
  const allRao = sum(paidRao.values());
  return {
    netuid: epoch.netuid,
    block: epoch.at.block,
    emission_rao: sum(epoch.facts.emissionRao).toString(),
    owner_cut_rao: cutRao?.toString() ?? null,
    unpaid_rao: unpaidRao(epoch, seats, story, paidRao, cutRao).toString(),
    recorded_rao: (cutRao === undefined ? allRao - BigInt(ownerRao) : allRao).toString(),
  };
}

function sum(amounts: Iterable<number | bigint>): bigint {
  let all = 0n;
  for (const amount of amounts) all += BigInt(amount);
  return all;
}

/** Incentive of the owner's hotkeys that did not arrive on them: what they are short of, up to their incentive. */
function unpaidRao(
  { netuid, facts }: Epoch,
  seats: SubnetSeats,
  story: BlockStory,
  paidRao: ReadonlyMap<string, number>,
  cutRao: bigint | undefined,
): bigint {
  const { owner, dividends, emissionRao } = facts;
  const computedRao = story.incentives.get(netuid);
  const emissionOf = (uid: number) => emissionRao[uid] ?? 0n;
  const incentiveOf = (uid: number) => computedRao?.[uid] ?? ((dividends[uid] ?? 0) === 0 ? emissionOf(uid) : 0n);
  const owned = seats.all.filter(({ hotkey, coldkey }) => hotkey === owner.hotkey || coldkey === owner.coldkey);
  // Without the cut the owner's position is not compared, so the incentive that belongs there is not either.
  if (cutRao === undefined) return sum(owned.filter(({ hotkey }) => hotkey === owner.hotkey).map(({ uid }) => incentiveOf(uid)));
  const hotkeys = new Set([owner.hotkey ?? "", ...owned.map(({ hotkey }) => hotkey)]);
  const arrivedRao = sum([...hotkeys].map((hotkey) => paidRao.get(hotkey) ?? 0));
  const missingRao = sum(owned.map(({ uid }) => emissionOf(uid))) + cutRao - arrivedRao;
  if (missingRao <= 0n) return 0n;
  const incentiveRao = sum(owned.map(({ uid }) => incentiveOf(uid)));
  if (missingRao > incentiveRao) return incentiveRao;
  return missingRao;
}

/**
 * The cut that the epoch paid the owner: what was set aside until the block before, and as much again as each of those blocks set
 * aside for the epoch's own. Undefined where it cannot be known.
 */
function ownerCutRao({ facts: { pendingCutRao }, at, lastEpochBlock }: Epoch): bigint | undefined {
  const blocks = BigInt(at.block - 1 - lastEpochBlock);
  if (pendingCutRao === undefined || lastEpochBlock < 0 || blocks < 1n) return undefined;
  return pendingCutRao + (pendingCutRao + blocks / 2n) / blocks;
}
