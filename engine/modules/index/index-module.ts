import { InvariantError } from "../../kernel/errors.js";
import { declareModule } from "../subnet-module.js";
import type { IndexSubnetConfiguration } from "./configuration.js";
import { refuseIndexSubnet } from "./configuration-checks.js";
import { IndexSubnet } from "./index-subnet.js";
import type { IndexSummary } from "./index-summary.js";
import { indexWarnings } from "./index-warnings.js";
import { writeParticipants } from "./participants-table.js";
import { summariseIndex } from "./summarise-index.js";

export interface IndexSlice {
  /** An index subnet beside what is recorded; null: none. */
  readonly index: IndexSubnetConfiguration | null;
}

export interface IndexPart {
  /** Null: the scenario has no index subnet. */
  readonly index: IndexSummary | null;
}

/** An index subnet (docs/explanation/index-subnet.md). */
export const indexModule = declareModule<IndexSlice, IndexPart>({
  name: "index",
  absent: { index: null },
  refuse({ index }, run) {
    if (index !== null) refuseIndexSubnet(run, index);
  },
  build({ index }, { world, close, signatures }) {
    if (index === null) return null;
    if (signatures === null) throw new InvariantError("an index subnet without a signature scheme");
    const subnet = new IndexSubnet(world, close, index, signatures);
    return {
      listeners: { prices: subnet, compositions: subnet.compositions, simulatedNetuids: [index.netuid] },
      start: () => subnet.start(),
      finish: () => subnet.finish(),
      writeClosingTables: () => writeParticipants(subnet, world),
      summary: () => ({ index: summariseIndex(subnet) }),
      warnings: () => indexWarnings(subnet),
    };
  },
});
