import type { Provenance } from "./event-order.js";
import type { Rejection } from "./rejections.js";

/** A request that left no flow, and between which events of its instant it may have come. */
interface Vain {
  readonly request: Rejection;
  /** After that many events at least, and at most. */
  readonly least: number;
  readonly most: number;
}

/**
 * Where, among the events of one instant that left flows, requests came that left none. Requests and flows are each in their
 * order, in tables of their own. A request says what its position held then: told where it held something else, it would take of
 * it when it is replayed. Where that leaves a choice, the place in the chain decides, and then the latest is taken.
 */
export class VainRequests {
  readonly #events: Provenance[] = [];
  /** By position that a request was made of: what it held before each of the events, and after the last. */
  readonly #heldRao = new Map<number, number[]>();
  readonly #vain: Vain[] = [];
  #least = 0;

  /** @param requests all of the instant */
  constructor(requests: readonly Rejection[]) {
    for (const { position } of requests) this.#heldRao.set(position, []);
  }

  /**
   * The next event that left flows is read.
   * @param heldRao by position, before it
   */
  before(event: Provenance, heldRao: readonly number[]): void {
    this.#events.push(event);
    this.#note(heldRao);
  }

  /** The event that was read last met a request itself; those came before. */
  met(earlier: readonly Rejection[]): void {
    this.#add(earlier, this.#events.length - 1);
    this.#least = this.#events.length;
  }

  /**
   * All events are read; the requests that none met came after the last that met one.
   * @param heldRao by position, at the end of the instant
   * @returns requests by how many events came before them
   */
  places(rest: readonly Rejection[], heldRao: readonly number[]): ReadonlyMap<number, readonly Rejection[]> {
    this.#note(heldRao);
    this.#add(rest, this.#events.length);
    const places = new Map<number, Rejection[]>();
    let next = this.#events.length;
    // From the last to the first: the later a request is put, the more places are left for those before it.
    for (const vain of this.#vain.toReversed()) {
      next = this.#placeOf({ ...vain, most: Math.min(next, vain.most) });
      const there = places.get(next) ?? [];
      there.push(vain.request);
      places.set(next, there);
    }
    for (const there of places.values()) there.reverse();
    return places;
  }

  #note(heldRao: readonly number[]): void {
    for (const [position, held] of this.#heldRao) held.push(heldRao[position]);
  }

  #add(requests: readonly Rejection[], most: number): void {
    for (const request of requests) this.#vain.push({ request, least: this.#least, most });
  }

  #placeOf({ request, least, most }: Vain): number {
    const held = this.#heldRao.get(request.position) as number[];
    const latestFitting = (from: number, to: number): number => {
      for (let place = to; place >= from; place--) if (held[place] === request.heldRao) return place;
      return -1;
    };
    // The chain has it after every event that came before it, and before every event that came after it.
    const after = this.#events.findLastIndex((event) => orderOf(event, request) < 0) + 1;
    const before = this.#events.findIndex((event) => orderOf(event, request) > 0);
    const inOrder = latestFitting(Math.max(after, least), before === -1 ? most : Math.min(before, most));
    if (inOrder !== -1) return inOrder;
    const anywhere = latestFitting(least, most);
    return anywhere === -1 ? most : anywhere;
  }
}

/** Below 0: one came before the other in their block; 0: that is not known. */
function orderOf(one: Provenance, other: Provenance): number {
  if (one.block !== other.block || one.extrinsic < 0 || other.extrinsic < 0) return 0;
  return one.extrinsic - other.extrinsic || one.event - other.event;
}
