import { isCalled, memberNames, nearestName } from "../../engine/index.js";
import { minerHotkeys } from "../synthetic/population.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { streamName } from "./stream-name.js";
import type { StreamInput } from "./streams.js";

/** More names than these are not listed. */
const MOST_LISTED = 12;

/** The miners of a scenario that reads no recording: nobody else can ever come. */
export class SimulatedMiners {
  private constructor(
    /** Hotkeys with which they begin. */
    readonly hotkeys: readonly string[],
    /** Names of groups of a closed loop. */
    private readonly groups: readonly string[],
  ) {}

  /** Null where a recording, an index subnet or what is not well formed may tell of others. */
  static of(
    { closed_loop: loop, index, handed_over: handedOver }: PartialScenarioInput,
    streams: readonly (StreamInput | undefined)[],
    malformed: ReadonlySet<string>,
  ): SimulatedMiners | null {
    if (index != null || handedOver != null || ["streams", "closed_loop", "index"].some((key) => malformed.has(key))) return null;
    const hotkeys: string[] = [];
    for (const stream of streams) {
      if (stream === undefined || !("synthetic" in stream)) return null;
      if (stream.synthetic === "subnet") hotkeys.push(...minerHotkeys(streamName(stream) ?? stream.name, stream.miners));
    }
    const groups = loop?.miners ?? [];
    for (const group of groups) hotkeys.push(...memberNames(group));
    return new SimulatedMiners(
      hotkeys,
      groups.map(({ name }) => name),
    );
  }

  /** Is anybody called so, or of a group of that name? Keys that a miner takes later are called after its first. */
  has(name: string): boolean {
    return this.hotkeys.some((hotkey) => isCalled(hotkey, name) || name.startsWith(`${hotkey}/`));
  }

  /** The name that was meant, most likely. */
  nearest(name: string): string | undefined {
    return nearestName(name, [...this.groups, ...this.hotkeys]);
  }

  /** Who there is, in words. */
  get words(): string {
    const names = [...new Set([...this.groups, ...this.hotkeys])];
    if (names.length === 0) return "nobody: the scenario has no miners";
    return names.length <= MOST_LISTED ? names.join(", ") : `${names.slice(0, MOST_LISTED - 1).join(", ")}, ... ${names[names.length - 1]}`;
  }
}
