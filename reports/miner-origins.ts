import type { OpenRun } from "../recorders/index.js";
import { isMiner, type MinerLines } from "./overview.js";
import { behavioursOf } from "./rules.js";

/** Of which miners a run tells: how many were recorded and how many are made up. */
export interface MinerOrigins {
  readonly recorded: number;
  readonly synthetic: number;
  /** The recorded ones, where they are few. */
  readonly recorded_hotkeys: readonly string[];
}

/** As many are named. */
const MOST_NAMED = 3;

/** Null where all miners are of one origin. A miner is a position: a hotkey with several coldkeys counts several times. */
export function minerOrigins(run: OpenRun, { lines }: MinerLines): MinerOrigins | null {
  const origins = new Set(run.manifest.inputs.map(({ source }) => source));
  if (origins.size < 2) return null;
  const made = behavioursOf(run);
  const miners = lines.filter(isMiner);
  const recorded = miners.filter(({ position }) => !made.has(position.hotkey));
  if (recorded.length === 0 || recorded.length === miners.length) return null;
  const hotkeys = [...new Set(recorded.map(({ position }) => position.hotkey))];
  return {
    recorded: recorded.length,
    synthetic: miners.length - recorded.length,
    recorded_hotkeys: recorded.length > MOST_NAMED ? [] : hotkeys,
  };
}
