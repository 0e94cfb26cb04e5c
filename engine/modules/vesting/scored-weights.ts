import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import type { ScoredWeightsConfiguration } from "../../configuration/base-weights-configuration.js";

/** Base weights as a stream of scores tells them (docs/explanation/weights.md). */
export class ScoredWeights {
  /** Epochs, and those in which nobody on the subnet had a score above 0. */
  readonly epochs = { all: 0, withoutScore: 0 };

  constructor(
    private readonly world: World,
    private readonly configuration: ScoredWeightsConfiguration,
  ) {}

  /** At the end of an epoch: the scores by hotkey; who is not in it has none. */
  of({ scores, registry, positions, positionCount }: Subnet): ReadonlyMap<number, number> {
    const { hotkey } = this.world.positions;
    const { column } = this.configuration;
    const found = new Map<number, number>();
    let any = false;
    for (let i = 0; i < positionCount; i++) {
      const key = registry.keys.of(hotkey[positions[i]]);
      const score = column === null ? scores.scoreOf(key) : scores.columnOf(key, column);
      if (!(score > 0)) continue;
      found.set(hotkey[positions[i]], score);
      any = true;
    }
    this.epochs.all += 1;
    if (!any) this.epochs.withoutScore += 1;
    return found;
  }
}
