import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { EpochFacts } from "../epochs/epoch-facts.js";
import type { EpochSheet } from "../epochs/epoch-sheet.js";
import type { FactSource } from "../epochs/fact-source.js";
import type { ListRunner } from "../epochs/list-runner.js";
import { StageList } from "../epochs/stage-list.js";
import type { EpochTape } from "./epoch-tape.js";
import type { TapedMultipliers } from "./taped-multipliers.js";

const zero = (): number => 0;
const no = (): boolean => false;

/** Facts that no tape has. */
const NOTHING_MORE: Omit<FactSource, "endMs" | "priceTaoPerAlpha" | "registeredMs"> = {
  priceMs: -1,
  usdPerTao: 0,
  usdPerTaoMs: -1,
  obligations: [],
  key: zero,
  collateralRao: zero,
  volumeRao: zero,
  earnedRao: zero,
  movedRao: zero,
  score: () => Number.NaN,
  scoredMs: () => -1,
  scoreColumn: () => Number.NaN,
  isNamed: no,
  hasTag: no,
};

/** The list of stages of a scenario on epochs of a tape, by their index. */
export class TapedLists implements ListRunner<number> {
  private readonly lists = new Map<number, StageList>();
  private readonly facts: EpochFacts;
  private registered = new Float64Array(256);

  constructor(
    private readonly configuration: StageListConfiguration,
    private readonly tape: EpochTape,
    multipliers: TapedMultipliers,
  ) {
    // What else stages ask is not on a tape: such lists are not played.
    this.facts = new EpochFacts(multipliers, new Set());
  }

  run(epoch: number, sheet: EpochSheet, isOutside: boolean): StageList {
    const { tape } = this;
    const { miners, member } = sheet;
    const netuid = tape.netuid[epoch];
    let list = this.lists.get(netuid);
    if (list === undefined) {
      list = new StageList(this.configuration);
      this.lists.set(netuid, list);
    }
    if (this.registered.length < tape.members[epoch]) this.registered = new Float64Array(tape.members[epoch] * 2);
    const { registered } = this;
    const first = tape.firstRow[epoch];
    for (let k = 0; k < miners; k++) registered[member[k]] = tape.registeredMs[first + k];
    const source = { ...NOTHING_MORE, registeredMs: (i: number) => registered[i], endMs: sheet.endMs };
    this.facts.gather({ ...source, priceTaoPerAlpha: tape.priceTaoPerAlpha[epoch] }, sheet, isOutside);
    list.run(this.facts, sheet.base, isOutside ? miners : -1);
    return list;
  }
}
