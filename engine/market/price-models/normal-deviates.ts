import { ln, sqrt } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";

/**
 * Standard normal deviates by Marsaglia's polar method ("A convenient method for generating normal variables", 1964), which
 * needs a square root and a logarithm only, so that every machine draws the same bits.
 */
export function normalDeviates(random: RandomStream): () => number {
  let spare = 0;
  let hasSpare = false;
  return () => {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    for (;;) {
      const u = 2 * random() - 1;
      const v = 2 * random() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = sqrt((-2 * ln(s)) / s);
        spare = v * scale;
        hasSpare = true;
        return u * scale;
      }
    }
  };
}
