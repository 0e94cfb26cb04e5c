import type { MinerStrategyConfiguration } from "../../agents/miners/index.js";

/** Recorded positions of one owner that are handed to a strategy (docs/explanation/closed-loop.md): plain data, every default filled in. */
export interface HandedOverConfiguration {
  /** How tables and reports call who decides. */
  readonly name: string;
  readonly netuid: number;
  /** Addresses; one position each, in the order in which the strategy counts its keys. */
  readonly hotkeys: readonly string[];
  /** Address of the owner; null: who owns the seat of the hotkey, or the only one who has a position on it. */
  readonly coldkey: string | null;
  /** The first instant at which they no longer follow the recording, after prices and before whatever else of it. */
  readonly fromMs: number;
  readonly strategy: MinerStrategyConfiguration;
  /** TAO that is there for purchases, rao. */
  readonly taoRao: number;
}
