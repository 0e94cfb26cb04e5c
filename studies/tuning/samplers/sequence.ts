import { InvariantError } from "../../../engine/index.js";
import type { UnitPoint } from "../space.js";
import type { Sampler } from "./sampler.js";

/** A sampler that does not adapt: one point after the other, whatever is told. */
export class Sequence implements Sampler {
  readonly #next: () => UnitPoint | null;

  /** @param next the next point; null: no more, and it is not called again */
  constructor(next: () => UnitPoint | null) {
    let isOver = false;
    this.#next = () => {
      const point = isOver ? null : next();
      isOver = point === null;
      return point;
    };
  }

  ask(count: number): readonly UnitPoint[] {
    requireCount(count);
    const points: UnitPoint[] = [];
    while (points.length < count) {
      const point = this.#next();
      if (point === null) break;
      points.push(point);
    }
    return points;
  }

  tell(): void {}
}

/** @throws InvariantError for a count of points that is none */
export function requireCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) throw new InvariantError(`${count} points were asked for`);
}
