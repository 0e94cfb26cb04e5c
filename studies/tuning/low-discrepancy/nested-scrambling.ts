import { math, type RandomStream } from "../../../engine/index.js";

/** Scrambles the 32 binary digits of a coordinate. */
export type Scrambling = (digits: number) => number;

/**
 * Nested uniform scrambling in base 2 (A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995): each digit is
 * flipped or not by a fair coin that belongs to the digits before it. Points that share their first k digits still share k
 * digits afterwards, so that every interval keeps its number of points; each point alone becomes uniform. The coin of a node of the
 * tree of digits is a hash of the node, so that the tree need not be kept.
 * @param random gives the two seeds of the hash; a scrambling serves one dimension
 */
export function nestedScrambling(random: RandomStream): Scrambling {
  const first = Math.floor(random() * 0x1_0000_0000);
  const second = Math.floor(random() * 0x1_0000_0000);
  return (digits) => {
    let flips = 0;
    for (let k = 0; k < 32; k++) {
      // Nodes are counted from 1, level by level: a one, and then the digits before this one.
      const node = k === 0 ? 1 : (1 << k) | (digits >>> (32 - k));
      const coin = mixed(mixed(node ^ first) ^ second) >>> 31;
      flips |= coin << (31 - k);
    }
    return (digits ^ flips) >>> 0;
  };
}

/** The finaliser of MurmurHash3 (A. Appleby): every bit of the answer depends on every bit of the number. */
function mixed(number: number): number {
  let hash = number;
  hash = math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
