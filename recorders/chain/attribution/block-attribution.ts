import type { StakeCause } from "../../../engine/index.js";
import type { RawBlock } from "../blocks/raw-block.js";
import { alphaPrice } from "../storage/alpha-price.js";
import { byPosition, type PositionId, positionKey } from "../storage/position-id.js";
import { readBalances } from "../storage/read-balances.js";
import { readValidatorWeights, type UidWeights } from "../storage/read-validator-weights.js";
import { applyMovements, settleUnmeasuredMoves } from "./apply-movements.js";
import { type AttributionWorld, type MeasuredStake, measuredStake, type PreviousBlock, stakeOf } from "./attribution-world.js";
import { type BlockRows, type BlockTime, byPlace, type EventPlace, noRows } from "./block-rows.js";
import { type BlockStory, type Suspicion, tellBlock } from "./block-story.js";
import { type Claimant, noteClaims, PendingClaims, trackClaimants, withNewKeys } from "./claims.js";
import { type EpochFacts, readEpochFacts } from "./epoch-facts.js";
import { payEpoch } from "./pay-epoch.js";
import type { ResidualLedger } from "./residual-ledger.js";
import { AFTER_BLOCK, BEFORE_BLOCK, residualRow } from "./residual-row.js";
import { bringSeats, readReplaced, readSeated, type Seated, writeSeatChanges } from "./seat-changes.js";
import { findSuspects, overdrawn, type Suspects } from "./suspects.js";
import { trackStory } from "./track-story.js";
import { trackUnstaked } from "./track-unstaked.js";
import type { TrackedPosition } from "./tracked-positions.js";
import { validatorWeightRows, weightsThatEnd } from "./validator-weight-rows.js";

/**
 * Turns blocks into rows, one after the other (design: chain recording, the method):
 * - events name most changes; they are written as they stand;
 * - at an epoch all positions are read before and after the block. What a position gained beyond the block's own events is its
 *   emission; what it differed by before is written at the block before, as rounding or as unexplained;
 * - positions that an event may have changed silently are read before and after that block, and the change is written with
 *   its cause, never as emission;
 * - at an edge (an epoch, the end of a chunk) what all rows sum up to is the chain's stake, to the rao.
 */
export class BlockAttribution {
  readonly #claims = new PendingClaims();
  /** Is the next block the first of its chunk? Rows of the block before belong to a chunk that is closed. */
  #isFirst = true;
  /** Subnets that had no edge in the block taken last. */
  #open: readonly number[] = [];

  constructor(
    private readonly world: AttributionWorld,
    /** The block before the first one that is taken. */
    private previous: PreviousBlock,
  ) {}

  /** The block taken last. */
  get last(): PreviousBlock {
    return this.previous;
  }

  /**
   * The rows of a block.
   * @throws TenureError `TEN-CHAIN-010` to `-013`; what reading the chain throws
   */
  async take(raw: RawBlock, ledger: ResidualLedger): Promise<BlockRows> {
    const { world, previous } = this;
    const { client, netuids, positions } = world;
    if (this.#isFirst) await trackUnstaked(client, positions, world.seats, previous.hash);
    const runtime = await world.runtimes.of(raw.specVersion, raw.block, raw.hash);
    const state = { block: raw.block, hash: raw.hash, runtime };
    const at: BlockTime = { block: raw.block, timeMs: raw.timeMs };
    const story = tellBlock(runtime.events(raw.events, raw.block), raw.specVersion, netuids, raw.block);
    if (runtime.specVersion !== previous.runtime.specVersion) positions.noteUpgrade();
    const ends = raw.subnets.filter(({ lastEpochBlock }) => lastEpochBlock === raw.block).map(({ netuid }) => netuid);

    const suspicions = [...story.suspicions, ...claimsNow(story, ends)];
    // Before anything else: a key swap passes on what a claim brought.
    await trackClaimants(client, positions, this.#claimants(story, suspicions, ends), [previous.hash, raw.hash]);
    const owners = await trackStory(world, story, state);
    const suspects = findSuspects(positions, suspicions);
    const [facts, seated, replaced, set] = await Promise.all([
      Promise.all(ends.map((netuid) => readEpochFacts(client, netuid, raw.hash, previous))),
      readSeated(client, previous.subnets, ends, previous.hash),
      readReplaced(world, story, previous),
      this.#readWeights(ends, raw.block),
    ]);
    this.#trackPaid(ends, facts, seated);
    const watched = this.#watched(ends, new Set([...suspects.keys(), ...overdrawn(positions, story.movements)]));
    const [stakesBefore, stakesAfter] = await Promise.all([readBalances(client, previous, watched), readBalances(client, state, watched)]);
    const before = measuredStake(watched, stakesBefore);
    const after = measuredStake(watched, stakesAfter);

    // From here on nothing is asked of the chain: what follows is done whole or not at all.
    const rows = noRows();
    const [time, place]: [BlockTime, EventPlace] = this.#isFirst ? [at, BEFORE_BLOCK] : [timeOf(previous), AFTER_BLOCK];
    bringSeats(world, seated, time, place, rows);
    // Weights of a block of an epoch count from the next: what the epoch goes by is told a moment before, also where a chunk begins with it.
    const weighedAt: BlockTime = this.#isFirst ? { block: at.block, timeMs: at.timeMs - 1 } : time;
    for (const [index, one] of seated.entries()) rows.validatorWeights.push(...validatorWeightRows(weighedAt, one, set[index] ?? []));
    noteClaims(positions, this.#claims.on(ends));
    watched.forEach((position, index) => {
      positions.noteShare(position, stakesBefore[index].shareRao);
    });
    // What differs already before the block must not be taken for this block's.
    this.#settle(
      watched,
      before,
      time,
      () => place,
      (position, changeRao) => this.#claimed(position, changeRao),
      0,
      rows,
    );
    watched.forEach((position, index) => {
      positions.noteShare(position, stakesAfter[index].shareRao);
    });
    for (const key of suspects.keys()) positions.note(positions.byKey(key));
    applyMovements(world, story.movements, at, rows);
    settleUnmeasuredMoves(world, suspects, after, at, ends, rows);
    for (const [index, netuid] of ends.entries()) {
      const lastEpochBlock = previous.subnets.find((subnet) => subnet.netuid === netuid)?.lastEpochBlock ?? -1;
      const epoch = { netuid, facts: facts[index], at, weighedAt: time, lastEpochBlock };
      payEpoch(world, epoch, story, suspects, after, ledger, rows);
      rows.epochMarks.push({ at, netuid });
      this.#claims.clear(netuid);
    }
    this.#settleSuspects(watched, suspects, after, at, ends, rows);
    writeSeatChanges(world, story, replaced, owners, at, rows);
    if (world.validatorWeights) rows.validatorWeights.push(...weightsThatEnd(rows.registry.filter((row) => row.at === at)));
    this.#edges(ends, at, rows);
    positions.forgetCandidates();
    for (const { netuid, price } of raw.subnets) {
      const priceTaoPerAlpha = price === null ? undefined : alphaPrice(runtime, netuid, price);
      if (priceTaoPerAlpha !== undefined) rows.price.push({ at, netuid, priceTaoPerAlpha });
    }
    this.#open = netuids.filter((netuid) => !ends.includes(netuid));
    this.#claims.take(this.#open, story);
    noteClaims(
      positions,
      this.#open.flatMap((netuid) => story.claims.map(({ coldkey }) => ({ netuid, coldkey }))),
    );
    this.previous = { ...state, timeMs: raw.timeMs, subnets: raw.subnets };
    this.#isFirst = false;
    return finished(rows, ledger);
  }

  /**
   * Ends a chunk with the block that was taken last: what its rows leave open is measured and written, as at an epoch.
   * @throws what reading the chain throws
   */
  async close(ledger: ResidualLedger): Promise<BlockRows> {
    const { world, previous } = this;
    const { client, netuids, positions } = world;
    const at = timeOf(previous);
    const [seated] = await Promise.all([
      readSeated(client, previous.subnets, netuids, previous.hash),
      trackClaimants(client, positions, this.#claims.on(this.#open), [previous.hash]),
    ]);
    const open = positions.on(this.#open);
    const stakes = await readBalances(client, previous, open);
    const measured = measuredStake(open, stakes);
    open.forEach((position, index) => {
      positions.noteShare(position, stakes[index].shareRao);
    });
    const rows = noRows();
    noteClaims(positions, this.#claims.on(this.#open));
    this.#settle(
      open,
      measured,
      at,
      () => AFTER_BLOCK,
      (position, changeRao) => this.#claimed(position, changeRao),
      0,
      rows,
    );
    bringSeats(world, seated, at, AFTER_BLOCK, rows);
    this.#edges(this.#open, at, rows);
    for (const netuid of netuids) this.#claims.clear(netuid);
    positions.forgetEmpty();
    this.#open = [];
    this.#isFirst = true;
    return finished(rows, ledger);
  }

  /** What validators had set in the block before, of the subnets whose seats are read; none where it is not asked for. */
  async #readWeights(ends: readonly number[], epochBlock: number): Promise<readonly UidWeights[][]> {
    const { world, previous } = this;
    if (!world.validatorWeights) return [];
    const toCome = { epochBlock, cutoffIsOfTempo: previous.runtime.holds("SubtensorModule", "ActivityCutoffFactorMilli") };
    return Promise.all(
      previous.subnets
        .filter(({ netuid }) => ends.includes(netuid))
        .map(({ netuid, uids }) => readValidatorWeights(world.client, netuid, uids, previous.hash, toCome)),
    );
  }

  /** Who may have claimed: since the last edge where this block is one, and in this block. */
  #claimants({ movements }: BlockStory, suspicions: readonly Suspicion[], ends: readonly number[]): Claimant[] {
    const now = suspicions.flatMap(({ netuid, coldkey, anyHotkey }) => (anyHotkey && coldkey !== undefined ? [{ netuid, coldkey }] : []));
    return [...this.#claims.on(ends), ...now].flatMap(({ netuid, coldkey }) =>
      withNewKeys([coldkey], movements).map((one) => ({ netuid, coldkey: one })),
    );
  }

  /** Who is paid without having staked: the owners of registered hotkeys, and the subnet's, registered or not. */
  #trackPaid(ends: readonly number[], facts: readonly EpochFacts[], seated: readonly Seated[]): void {
    const { positions } = this.world;
    for (const { netuid, owners } of seated) for (const [hotkey, coldkey] of owners) positions.track({ netuid, hotkey, coldkey });
    for (const [index, netuid] of ends.entries()) {
      const { hotkey, coldkey } = facts[index].owner;
      if (hotkey !== null && coldkey !== null) positions.track({ netuid, hotkey, coldkey });
    }
  }

  /** Positions that are read before and after the block: all of the subnets that pay, and the doubtful ones of the others. */
  #watched(ends: readonly number[], doubtful: ReadonlySet<string>): TrackedPosition[] {
    const { positions } = this.world;
    const others = [...doubtful].map((key) => positions.byKey(key)).filter(({ netuid }) => !ends.includes(netuid));
    return [...positions.on(ends), ...others].sort(byPosition);
  }

  /** A claim adds; what is missing has another cause. */
  #claimed(position: PositionId, changeRao: number): StakeCause | undefined {
    return changeRao > 0 && this.#claims.has(position) ? "root_claimed" : undefined;
  }

  /** What is left between the rows of a block and the chain: with its cause where there is one. */
  #settleSuspects(
    positions: readonly TrackedPosition[],
    suspects: Suspects,
    after: MeasuredStake,
    at: BlockTime,
    ends: readonly number[],
    rows: BlockRows,
  ): void {
    const first = (position: PositionId) => suspects.get(positionKey(position))?.[0];
    // What came in may have gone out again later in the block, so it is written where it may have come in first.
    const place = (position: PositionId, changeRao: number) => (changeRao > 0 ? (first(position)?.place ?? AFTER_BLOCK) : AFTER_BLOCK);
    const isEnd = ({ netuid }: PositionId) => ends.includes(netuid);
    for (const paying of [true, false]) {
      const some = positions.filter((position) => isEnd(position) === paying);
      // Paying a hotkey rounds as an event on it does.
      this.#settle(some, after, at, place, (position) => first(position)?.cause, paying ? 1 : 0, rows);
    }
  }

  /**
   * Writes what positions differ by from what was measured.
   * @param cause undefined: rounding or unexplained, by its size
   * @param moreEvents that may have been rounded, besides those that were counted
   */
  #settle(
    positions: readonly TrackedPosition[],
    measured: MeasuredStake,
    at: BlockTime,
    place: (position: PositionId, changeRao: number) => EventPlace,
    cause: (position: PositionId, changeRao: number) => StakeCause | undefined,
    moreEvents: number,
    rows: BlockRows,
  ): void {
    for (const position of positions) {
      const changeRao = stakeOf(measured, position) - position.expectedRao;
      if (changeRao === 0) continue;
      const { positions: tracked } = this.world;
      const events = tracked.eventsOf(position) + moreEvents;
      const known = cause(position, changeRao);
      rows.stake.push(residualRow(at, place(position, changeRao), position, changeRao, events, tracked.shareRaoOf(position), known));
      position.expectedRao += changeRao;
    }
  }

  /** Every stake at an edge, so that anyone can check the rows between two of them. */
  #edges(edges: readonly number[], at: BlockTime, rows: BlockRows): void {
    const { positions } = this.world;
    for (const { netuid, hotkey, coldkey, expectedRao, edgeRao } of positions.on(edges)) {
      if (expectedRao === 0 && edgeRao === 0) continue;
      rows.balances.push({ at, position: { netuid, hotkey, coldkey }, balanceRao: expectedRao });
    }
    for (const netuid of edges) positions.atEdge(netuid);
  }
}

/** Claims that the chain made in the block of an epoch: they cannot be told from its pay later. */
function claimsNow(story: BlockStory, ends: readonly number[]): Suspicion[] {
  return ends.flatMap((netuid) =>
    story.claims.map(({ place, coldkey }): Suspicion => ({ cause: "root_claimed", place, netuid, coldkey, anyHotkey: true })),
  );
}

function timeOf({ block, timeMs }: BlockTime): BlockTime {
  return { block, timeMs };
}

function finished(rows: BlockRows, ledger: ResidualLedger): BlockRows {
  rows.stake.sort(byPlace);
  rows.registry.sort(byPlace);
  for (const row of rows.stake) ledger.note(row);
  return rows;
}
