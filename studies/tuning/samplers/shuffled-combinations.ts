import type { RandomStream } from "../../../engine/index.js";
import { type Axis, centreOf, type UnitPoint } from "../space.js";

/**
 * All combinations of levels, each once, in an order drawn at random: the shuffle of Fisher and Yates (Durstenfeld 1964), of
 * which only the places that were exchanged are kept. So the first n are a sample without repetition.
 */
export class ShuffledCombinations {
  readonly #levels: readonly number[];
  readonly #random: RandomStream;
  readonly #exchanged = new Map<number, number>();
  #left: number;

  /** @param axes all with levels; their product is a whole number that a double holds */
  constructor(axes: readonly Axis[], random: RandomStream) {
    this.#levels = axes.map(({ levels }) => levels ?? 1);
    this.#left = this.#levels.reduce((product, levels) => product * levels, 1);
    this.#random = random;
  }

  /** The next; null: all were given. */
  next(): UnitPoint | null {
    if (this.#left === 0) return null;
    const last = this.#left - 1;
    const drawn = Math.min(last, Math.floor(fineUniform(this.#random) * this.#left));
    const index = this.#exchanged.get(drawn) ?? drawn;
    this.#exchanged.set(drawn, this.#exchanged.get(last) ?? last);
    this.#exchanged.delete(last);
    this.#left = last;
    return this.#point(index);
  }

  #point(index: number): UnitPoint {
    let rest = index;
    return this.#levels.map((levels) => {
      const level = rest % levels;
      rest = (rest - level) / levels;
      return centreOf(level, levels);
    });
  }
}

/** Uniform in [0, 1) with 53 bits: a stream gives 32 at once, too few for more than 4 thousand million combinations. */
function fineUniform(random: RandomStream): number {
  const high = Math.floor(random() * 0x20_0000);
  return (high * 0x1_0000_0000 + Math.floor(random() * 0x1_0000_0000)) / 0x20_0000_0000_0000;
}
