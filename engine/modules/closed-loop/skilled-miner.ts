import type { MinerAgent } from "../../agents/miners/index.js";
import type { MinerGroup } from "./configuration.js";
import { Miner, type OwnKey } from "./miner.js";
import type { Skill } from "./skill.js";

/** A miner whose work is simulated, too: it comes at a time of its own, and is worth its skill. */
export class SkilledMiner extends Miner {
  constructor(
    number: number,
    name: string,
    override readonly group: MinerGroup,
    /** Number of the group, in the order of the scenario. */
    readonly groupNumber: number,
    coldkey: number,
    account: number,
    agent: MinerAgent,
    readonly skill: Skill,
    readonly arrivesMs: number,
    /** Hotkeys that it begins with. */
    readonly startKeys: number,
  ) {
    super(number, name, group, coldkey, account, agent);
  }

  /** Share of its work that each of its keys with a seat does, all together 1; 0: none does any. */
  workOf(key: OwnKey): number {
    if (key.uid < 0) return 0;
    if (this.keys.length === 1) return key.workShare > 0 ? 1 : 0;
    let all = 0;
    for (const one of this.keys) if (one.uid >= 0) all += one.workShare;
    return all > 0 ? key.workShare / all : 0;
  }
}
