import { END_OF_BLOCK, InvariantError, isRao, MAX_RAO, type StakeCause, TenureError } from "../../../engine/index.js";
import type { ChainEvent } from "../runtime/chain-event.js";
import type { PositionId } from "../storage/position-id.js";
import type { EventPlace } from "./block-rows.js";
import { joinSummaries, type MoveKind, type Summary } from "./join-summaries.js";

/** From this spec version on, what StakeRemoved says excludes the fee that the position pays, too. */
const FEE_ON_TOP_FROM_SPEC = 401;
/** A subnet's further mechanisms have indices of their own: netuid + 4096 * mechanism. */
export const MECHANISM_STRIDE = 4_096;
const ROOT = 0;

/** A change of stake that events name. */
export type Movement =
  | { readonly kind: "added" | "removed" | "burned"; readonly place: EventPlace; readonly position: PositionId; readonly amountRao: number }
  | {
      readonly kind: MoveKind;
      readonly place: EventPlace;
      readonly from: PositionId;
      readonly to: PositionId;
      readonly amountRao: number;
      readonly toAmountRao: number;
    }
  | KeySwap;

/** All positions of a key on a subnet pass to another key. */
export interface KeySwap {
  readonly kind: "hotkey_swapped" | "coldkey_swapped";
  readonly place: EventPlace;
  readonly netuid: number;
  /** The coldkey that swapped, its own or its hotkey. */
  readonly coldkey: string;
  /** The old and the new key; of the kind that is swapped. */
  readonly key: string;
  readonly toKey: string;
}

/** Something that may have changed positions without saying by how much: they are measured. */
export interface Suspicion {
  readonly cause: StakeCause;
  readonly place: EventPlace;
  readonly netuid: number;
  /** Those positions of the subnet that have this key; both are given for one position. */
  readonly hotkey?: string;
  readonly coldkey?: string;
  /** Positions of the coldkey on any hotkey it stakes on, known or not. */
  readonly anyHotkey?: true;
  /** A summary without amounts. */
  readonly move?: Summary;
}

export interface Registration {
  readonly place: EventPlace;
  readonly netuid: number;
  readonly uid: number;
  readonly hotkey: string;
}

/** A miner's incentive that was staked on another hotkey. */
export interface AutoStake {
  readonly netuid: number;
  /** The miner's own hotkey. */
  readonly hotkey: string;
  readonly destination: string;
  readonly coldkey: string;
  readonly amountRao: number;
}

/** What the events of a block say, as far as it concerns the recorded subnets. */
export interface BlockStory {
  readonly movements: Movement[];
  readonly suspicions: Suspicion[];
  /** Root claims that the chain made by itself, outside of extrinsics. */
  readonly claims: { readonly place: EventPlace; readonly coldkey: string }[];
  readonly registrations: Registration[];
  readonly removedNetworks: { readonly place: EventPlace; readonly netuid: number }[];
  /** Positions that emission may reach without an event of their own; without a coldkey: the owner's. */
  readonly reached: { readonly netuid: number; readonly hotkey?: string; readonly coldkey?: string }[];
  readonly autoStakes: AutoStake[];
  /** Computed incentive by uid, rao, of the subnets whose epoch ended. */
  readonly incentives: Map<number, bigint[]>;
}

/**
 * Reads the events of a block (design: chain recording, events).
 * @param specVersion of the runtime that made them
 * @throws TenureError `TEN-CHAIN-012` an amount of 2^53 rao or more
 */
export function tellBlock(events: readonly ChainEvent[], specVersion: number, netuids: readonly number[], block: number): BlockStory {
  const story: BlockStory = {
    movements: [],
    suspicions: [],
    claims: [],
    registrations: [],
    removedNetworks: [],
    reached: [],
    autoStakes: [],
    incentives: new Map(),
  };
  const recorded = (netuid: number) => netuids.includes(netuid);
  const stakes: ChainEvent[] = [];
  for (const event of events) {
    const place: EventPlace = { extrinsic: event.extrinsic, event: event.event };
    const netuid = event.netuid ?? -1;
    switch (event.name) {
      case "StakeAdded":
      case "StakeRemoved":
      case "StakeMoved":
      case "StakeTransferred":
      case "StakeSwapped":
        stakes.push(event);
        break;
      case "AlphaBurned":
      case "AlphaRecycled":
        if (recorded(netuid)) {
          const position = { netuid, hotkey: need(event.hotkey), coldkey: need(event.coldkey) };
          story.movements.push({ kind: "burned", place, position, amountRao: rao(event.alphaRao, block) });
        }
        break;
      case "HotkeySwapped":
      case "HotkeySwappedOnSubnet":
        for (const one of event.name === "HotkeySwapped" ? netuids : [netuid].filter(recorded)) swapHotkey(story, event, one, place);
        break;
      case "ColdkeySwapped":
        for (const one of netuids) swapColdkey(story, event, one, place);
        break;
      case "NetworkRemoved":
        if (!recorded(netuid)) break;
        story.removedNetworks.push({ place, netuid });
        story.suspicions.push({ cause: "network_removed", place, netuid });
        break;
      case "RootClaimed":
        if (event.extrinsic < 0 || event.extrinsic === END_OF_BLOCK) story.claims.push({ place, coldkey: need(event.coldkey) });
        else {
          for (const one of netuids) {
            story.suspicions.push({ cause: "root_claimed", place, netuid: one, coldkey: need(event.coldkey), anyHotkey: true });
          }
        }
        break;
      case "LiquidityAdded":
      case "LiquidityRemoved":
      case "LiquidityModified":
        if (recorded(netuid)) {
          story.suspicions.push({ cause: "liquidity", place, netuid, hotkey: need(event.hotkey), coldkey: need(event.coldkey) });
        }
        break;
      case "TransactionFeePaidWithAlpha":
        // Its first form does not say of which subnet's alpha.
        for (const one of event.netuid === undefined ? netuids : [netuid].filter(recorded)) {
          story.suspicions.push({ cause: "alpha_fee", place, netuid: one, coldkey: need(event.coldkey) });
        }
        break;
      case "NeuronRegistered":
        if (recorded(netuid)) story.registrations.push({ place, netuid, uid: need(event.uid), hotkey: need(event.hotkey) });
        break;
      case "SetChildren":
        // A parent earns on subnets where it is not registered.
        if (recorded(netuid)) story.reached.push({ netuid, hotkey: need(event.hotkey) });
        break;
      case "SubnetLeaseDividendsDistributed":
        for (const one of netuids) story.reached.push({ netuid: one, coldkey: need(event.coldkey) });
        break;
      case "AutoStakeAdded":
        if (recorded(netuid)) {
          const [destination, coldkey] = [need(event.toHotkey), need(event.coldkey)];
          story.reached.push({ netuid, hotkey: destination, coldkey });
          story.autoStakes.push({ netuid, hotkey: need(event.hotkey), destination, coldkey, amountRao: rao(event.alphaRao, block) });
        }
        break;
      case "IncentiveAlphaEmittedToMiners": {
        const subnet = netuid % MECHANISM_STRIDE;
        if (recorded(subnet)) addUp(story.incentives, subnet, need(event.amountsRao));
        break;
      }
      case "TransactionFeePaid":
        break;
      default:
        throw new InvariantError(`an event ${event.name} is read but not used`);
    }
  }
  readStakes(story, withDebit(withOldForm(stakes, events), specVersion), recorded, block);
  return story;
}

/** Events without coldkey and subnet (spec 219 and before) are TAO on the root, by whoever paid for the extrinsic. */
function withOldForm(stakes: readonly ChainEvent[], events: readonly ChainEvent[]): ChainEvent[] {
  return stakes.map((event) => {
    if (event.netuid !== undefined) return event;
    const payer = events.find(({ name, extrinsic }) => name === "TransactionFeePaid" && extrinsic === event.extrinsic)?.coldkey;
    const named = { ...event, netuid: ROOT, alphaRao: event.taoRao ?? 0n };
    return payer === undefined ? named : { ...named, coldkey: payer };
  });
}

/** What a removal takes from the position: its amount, and from spec 401 on the fee as well. */
function withDebit(stakes: readonly ChainEvent[], specVersion: number): ChainEvent[] {
  if (specVersion < FEE_ON_TOP_FROM_SPEC) return [...stakes];
  return stakes.map((event) =>
    event.name === "StakeRemoved" && event.feeRao !== undefined ? { ...event, alphaRao: (event.alphaRao ?? 0n) + event.feeRao } : event,
  );
}

function readStakes(story: BlockStory, stakes: readonly ChainEvent[], recorded: (netuid: number) => boolean, block: number): void {
  const { changes, joined, unmeasured } = joinSummaries(stakes, recorded);
  for (const { summary, removed, added } of joined) {
    const amountRao = rao(removed.alphaRao, block);
    const toAmountRao = rao(added.alphaRao, block);
    // A row's 0 means that as much arrives as left, so what arrives as nothing is a removal.
    if (toAmountRao === 0) story.movements.push({ kind: "removed", place: summary.place, position: summary.from, amountRao });
    else story.movements.push({ ...summary, amountRao, toAmountRao });
  }
  for (const event of changes) {
    const { netuid, hotkey, coldkey } = event;
    if (netuid === undefined || hotkey === undefined || !recorded(netuid)) continue;
    const place: EventPlace = { extrinsic: event.extrinsic, event: event.event };
    if (coldkey === undefined) {
      story.suspicions.push({ cause: "unnamed_coldkey", place, netuid, hotkey });
      continue;
    }
    const kind = event.name === "StakeAdded" ? "added" : "removed";
    story.movements.push({ kind, place, position: { netuid, hotkey, coldkey }, amountRao: rao(event.alphaRao, block) });
  }
  for (const move of unmeasured) {
    for (const position of [move.from, move.to]) {
      if (recorded(position.netuid)) story.suspicions.push({ cause: "stake_moved", place: move.place, ...position, move });
    }
  }
  story.movements.sort((a, b) => a.place.extrinsic - b.place.extrinsic || a.place.event - b.place.event);
}

function swapHotkey(story: BlockStory, event: ChainEvent, netuid: number, place: EventPlace): void {
  const [key, toKey, coldkey] = [need(event.hotkey), need(event.toHotkey), need(event.coldkey)];
  story.movements.push({ kind: "hotkey_swapped", place, netuid, coldkey, key, toKey });
  for (const hotkey of [key, toKey]) story.suspicions.push({ cause: "hotkey_swapped", place, netuid, hotkey });
}

function swapColdkey(story: BlockStory, event: ChainEvent, netuid: number, place: EventPlace): void {
  const [key, toKey] = [need(event.coldkey), need(event.toColdkey)];
  story.movements.push({ kind: "coldkey_swapped", place, netuid, coldkey: key, key, toKey });
  for (const coldkey of [key, toKey]) story.suspicions.push({ cause: "coldkey_swapped", place, netuid, coldkey });
}

function addUp(sums: Map<number, bigint[]>, netuid: number, amounts: readonly bigint[]): void {
  const sum = sums.get(netuid) ?? [];
  amounts.forEach((amount, uid) => {
    sum[uid] = (sum[uid] ?? 0n) + amount;
  });
  sums.set(netuid, sum);
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new InvariantError("an event lacks a field of its form");
  return value;
}

function rao(amount: bigint | undefined, block: number): number {
  const value = Number(need(amount));
  if (isRao(value)) return value;
  throw new TenureError({
    code: "TEN-CHAIN-012",
    what: "An event moves more than Tenure counts exactly.",
    place: { block },
    found: amount,
    allowed: `up to ${MAX_RAO} rao`,
  });
}
