import { InvariantError } from "../../../engine/index.js";
import { byPosition, type PositionId, positionKey } from "../storage/position-id.js";
import type { Movement } from "./block-story.js";

/** A position and what the rows written so far make of it. */
export interface TrackedPosition extends PositionId {
  /** What its rows sum up to, rao; below 0 only inside a block. */
  expectedRao: number;
  /** Its stake at the last edge. */
  edgeRao: number;
  /** It is only looked at because a claim may have made it. */
  isCandidate: boolean;
}

/**
 * The positions of the recorded subnets and the stake that the rows written so far give each. At an edge (an epoch, the end of
 * a chunk) the chain is asked, and what differs is written, so that after it both are equal.
 */
export class TrackedPositions {
  readonly #positions = new Map<string, TrackedPosition>();
  /** By hotkey, and by coldkey. */
  readonly #ofKey = new Map<string, Set<TrackedPosition>>();
  /** By subnet and hotkey: events since the last edge. The chain rounds each by less than 10 rao. */
  readonly #events = new Map<string, number>();
  /** By subnet and hotkey: what its smallest share was worth, as far as it was measured since the last edge and at it. */
  readonly #shareRao = new Map<string, { largest: number; last: number }>();

  get size(): number {
    return this.#positions.size;
  }

  isTracked(id: PositionId): boolean {
    return this.#positions.has(positionKey(id));
  }

  /** A tracked position by its `positionKey`. */
  byKey(key: string): TrackedPosition {
    const position = this.#positions.get(key);
    if (position === undefined) throw new InvariantError(`a position that is not tracked: ${key}`);
    return position;
  }

  /** The position; one that was not known holds nothing. */
  track(id: PositionId): TrackedPosition {
    const key = positionKey(id);
    let position = this.#positions.get(key);
    if (position === undefined) {
      position = { netuid: id.netuid, hotkey: id.hotkey, coldkey: id.coldkey, expectedRao: 0, edgeRao: 0, isCandidate: false };
      this.#positions.set(key, position);
      for (const account of new Set([id.hotkey, id.coldkey])) this.#index(account).add(position);
    }
    position.isCandidate = false;
    return position;
  }

  /** A position that a claim may have made: `forgetCandidates` lets it go again where it did not. */
  trackCandidate(id: PositionId): void {
    if (!this.isTracked(id)) this.track(id).isCandidate = true;
  }

  /** Lets go of candidates that hold nothing; who has got something is a candidate no more. */
  forgetCandidates(): void {
    for (const position of this.#positions.values()) {
      if (!position.isCandidate) continue;
      if (position.expectedRao === 0 && position.edgeRao === 0) this.forget(position);
      else position.isCandidate = false;
    }
  }

  /** All positions of some subnets, in the order of rows. */
  on(netuids: readonly number[]): TrackedPosition[] {
    if (netuids.length === 0) return [];
    return [...this.#positions.values()].filter(({ netuid }) => netuids.includes(netuid)).sort(byPosition);
  }

  /** The positions of a subnet that have these keys, in the order of rows; all of the subnet's where none is given. */
  having(netuid: number, keys: { readonly hotkey?: string | undefined; readonly coldkey?: string | undefined }): TrackedPosition[] {
    const { hotkey, coldkey } = keys;
    const account = hotkey ?? coldkey;
    if (account === undefined) return this.on([netuid]);
    return [...(this.#ofKey.get(account) ?? [])]
      .filter(
        (one) =>
          one.netuid === netuid && (hotkey === undefined || one.hotkey === hotkey) && (coldkey === undefined || one.coldkey === coldkey),
      )
      .sort(byPosition);
  }

  /** Does what a movement says. Positions that a key swap leads to must be tracked already. */
  apply(movement: Movement): void {
    switch (movement.kind) {
      case "added":
        this.#change(movement.position, movement.amountRao);
        return;
      case "removed":
      case "burned":
        this.#change(movement.position, -movement.amountRao);
        return;
      case "moved":
      case "transferred":
      case "swapped":
        this.#change(movement.from, -movement.amountRao);
        this.#change(movement.to, movement.toAmountRao);
        return;
      case "hotkey_swapped":
      case "coldkey_swapped":
        for (const [from, to] of this.passed(movement)) {
          to.expectedRao += from.expectedRao;
          from.expectedRao = 0;
          this.note(from);
          this.note(to);
        }
        return;
    }
  }

  /** Which position passes to which by a key swap; both are tracked after. */
  passed({ kind, netuid, key, toKey }: Extract<Movement, { readonly key: string }>): [TrackedPosition, TrackedPosition][] {
    if (key === toKey) return [];
    const side = kind === "hotkey_swapped" ? "hotkey" : "coldkey";
    return this.having(netuid, { [side]: key }).map((position) => [position, this.track({ ...position, [side]: toKey })]);
  }

  /** Rounding may differ by what a runtime computes with, so a new one counts as an event of everybody. */
  noteUpgrade(): void {
    for (const key of new Set([...this.#positions.values()].map(hotkeyKey))) this.#count(key);
  }

  /** Something happened to a position's hotkey, which the chain rounds. */
  note(id: PositionId): void {
    this.#count(hotkeyKey(id));
  }

  /** How many events the position's hotkey had since the last edge. */
  eventsOf(id: PositionId): number {
    return this.#events.get(hotkeyKey(id)) ?? 0;
  }

  /** What the smallest share of a position's hotkey is worth, as measured. */
  noteShare(id: PositionId, shareRao: number): void {
    const known = this.#shareRao.get(hotkeyKey(id));
    if (known === undefined && shareRao === 0) return;
    this.#shareRao.set(hotkeyKey(id), { largest: Math.max(known?.largest ?? 0, shareRao), last: shareRao });
  }

  /** The most that the smallest share of the position's hotkey was worth since the last edge, rao. */
  shareRaoOf(id: PositionId): number {
    return this.#shareRao.get(hotkeyKey(id))?.largest ?? 0;
  }

  /** An edge of a subnet: what is written equals the chain now. */
  atEdge(netuid: number): void {
    for (const key of this.#events.keys()) if (key.startsWith(`${netuid}/`)) this.#events.delete(key);
    for (const [key, { last }] of this.#shareRao) {
      if (!key.startsWith(`${netuid}/`)) continue;
      if (last === 0) this.#shareRao.delete(key);
      else this.#shareRao.set(key, { largest: last, last });
    }
    for (const position of this.#positions.values()) if (position.netuid === netuid) position.edgeRao = position.expectedRao;
  }

  /** Lets go of empty positions, and of what was measured: a chunk begins from the chain's state and the balances alone. */
  forgetEmpty(): void {
    this.#shareRao.clear();
    for (const position of this.#positions.values()) if (position.expectedRao === 0 && position.edgeRao === 0) this.forget(position);
  }

  /** Lets go of a position. */
  forget(id: PositionId): void {
    const position = this.byKey(positionKey(id));
    this.#positions.delete(positionKey(id));
    for (const account of [position.hotkey, position.coldkey]) {
      const positions = this.#index(account);
      positions.delete(position);
      if (positions.size === 0) this.#ofKey.delete(account);
    }
  }

  #index(account: string): Set<TrackedPosition> {
    let positions = this.#ofKey.get(account);
    if (positions === undefined) {
      positions = new Set();
      this.#ofKey.set(account, positions);
    }
    return positions;
  }

  #change(id: PositionId, changeRao: number): void {
    const position = this.byKey(positionKey(id));
    position.expectedRao += changeRao;
    this.note(position);
  }

  #count(key: string): void {
    this.#events.set(key, (this.#events.get(key) ?? 0) + 1);
  }
}

function hotkeyKey({ netuid, hotkey }: PositionId): string {
  return `${netuid}/${hotkey}`;
}
