import type { OwnEvent } from "./own-events.js";

/** Why a term that goes by what is held moved, beside the largest event of its holding that fell into the range; null: none did. */
export function holdingWords(change: "up" | "down", event: OwnEvent | null): string {
  const isLeft = event !== null && event.tranches > 0;
  if (change === "up") return isLeft ? "what it holds aged, or more came, in spite of" : "what it holds aged, or more came";
  return isLeft ? "less is held" : "what it holds is younger, or less of it counts";
}
