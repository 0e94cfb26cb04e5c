import type { RandomStream } from "../../../engine/index.js";
import { nestedScrambling, type Scrambling } from "./nested-scrambling.js";
import { SobolPoints } from "./sobol-points.js";

const UNSCRAMBLED: Scrambling = (digits) => digits;

/**
 * Points of a Sobol sequence with coordinates in [0, 1), one after the other.
 * @param random of each dimension, for its scrambling; null: the sequence as it is, from the origin
 */
export function sobolStream(dimensions: number, random: ((dimension: number) => RandomStream) | null): () => number[] {
  const points = new SobolPoints(dimensions);
  const scramblings = Array.from({ length: dimensions }, (_, at) => (random === null ? UNSCRAMBLED : nestedScrambling(random(at))));
  return () => Array.from(points.next(), (digits, at) => scramblings[at](digits) / 0x1_0000_0000);
}
