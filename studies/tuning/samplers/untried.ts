import { InvariantError } from "../../../engine/index.js";
import { type Axis, centreOf, combinationCount, levelOf, snap, type UnitPoint } from "../space.js";

/**
 * Keeps a search from trying a combination of levels twice. Where an axis has no levels, no two points are alike and all are
 * let through.
 */
export class Untried {
  readonly #axes: readonly Axis[];
  readonly #count: number;
  readonly #tried = new Set<string>();

  constructor(axes: readonly Axis[]) {
    this.#axes = axes;
    this.#count = combinationCount(axes);
  }

  /**
   * The point itself, its coordinates on levels moved to the centres of their cells; where that combination was taken before, the
   * nearest one that was not; null: all were. What is given counts as taken.
   */
  take(point: UnitPoint): UnitPoint | null {
    const snapped = point.map((coordinate, at) => snap(coordinate, this.#axes[at]));
    if (this.#count === Number.POSITIVE_INFINITY) return snapped;
    if (this.#tried.size === this.#count) return null;
    const levels = this.#nearest(
      snapped.map((coordinate, at) => levelOf(coordinate, this.#levels(at))),
      point,
    );
    this.#tried.add(levels.join());
    return levels.map((level, at) => centreOf(level, this.#levels(at)));
  }

  /** Steps to a neighbouring level, or to any other level of an axis without order, count one each: rings around the start, one by one. */
  #nearest(start: readonly number[], point: UnitPoint): readonly number[] {
    const seen = new Set([start.join()]);
    const queue = [start];
    for (const levels of queue) {
      if (!this.#tried.has(levels.join())) return levels;
      for (const neighbour of this.#neighbours(levels, point)) {
        const key = neighbour.join();
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(neighbour);
      }
    }
    throw new InvariantError("a combination of levels was left, and not found");
  }

  *#neighbours(levels: readonly number[], point: UnitPoint): Generator<readonly number[]> {
    for (const [at, level] of levels.entries()) {
      for (const other of this.#othersOf(at, level, point[at])) yield levels.with(at, other);
    }
  }

  #othersOf(at: number, level: number, coordinate: number): readonly number[] {
    const levels = this.#levels(at);
    if (!this.#axes[at].isOrdered) return Array.from({ length: levels }, (_, other) => other).filter((other) => other !== level);
    // First to the side on which the point lies.
    const side = coordinate < centreOf(level, levels) ? -1 : 1;
    return [level + side, level - side].filter((other) => other >= 0 && other < levels);
  }

  #levels(at: number): number {
    return this.#axes[at].levels ?? 1;
  }
}
