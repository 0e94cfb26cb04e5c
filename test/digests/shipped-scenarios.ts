import { existsSync } from "node:fs";
import { join } from "node:path";
import type * as AllOfRecorders from "../../recorders/index.js";
import { localHistory, startChainServer } from "../chain/index.js";
import { sharedFolder } from "../golden/project-root.js";

type Recorders = typeof AllOfRecorders;

/** A scenario that comes with Tenure, and the recording that it names. */
export interface ShippedScenario {
  readonly name: string;
  /** Whether it takes seconds, and so is compared by `npm run test:long`. */
  readonly large?: boolean;
  /** Values that are replaced, so that it takes no longer than the others. */
  readonly sets?: readonly string[];
  /** What of the shared data it is made from; null: of none. */
  readonly data: "taostats/mining" | "taostats/contract" | "tao20" | null;
  /** Makes the recording in a folder. */
  readonly record: (recorders: Recorders, folder: string) => Promise<unknown>;
}

const shared = (from: string) => join(sharedFolder(), "data", from);
const taostats =
  (from: "taostats/mining" | "taostats/contract", recording: string): ShippedScenario["record"] =>
  ({ importTaostats }, folder) =>
    importTaostats(shared(from), { out: join(folder, recording), addresses: "any" });

/** Ten hours of a local chain, recorded from its node. */
async function recordLocalChain({ recordChain }: Recorders, folder: string): Promise<void> {
  const server = await startChainServer(localHistory({ blocks: 3_000 }));
  try {
    const out = join(folder, "subnet-30");
    await recordChain({ endpoints: [server.url], netuids: [30], from: { block: 1 }, to: { block: 3_000 }, out });
  } finally {
    await server.close();
  }
}

export const SHIPPED_SCENARIOS: readonly ShippedScenario[] = [
  { name: "demo", data: null, record: async () => undefined },
  { name: "burn-and-hold", data: null, record: async () => undefined },
  { name: "rank-decay", data: null, record: async () => undefined },
  { name: "penalty-normalised", data: null, record: async () => undefined },
  { name: "penalty-burned", data: null, record: async () => undefined },
  { name: "net-stake-bonus", data: null, record: async () => undefined },
  { name: "smoothed-ranks", data: null, record: async () => undefined },
  { name: "two-pools", data: null, record: async () => undefined },
  { name: "priced-budget", data: null, record: async () => undefined },
  { name: "winner-takes-all", data: null, record: async () => undefined },
  { name: "softmax-windows", data: null, record: async () => undefined },
  { name: "best-and-rest", data: null, record: async () => undefined },
  { name: "collateral-crown", data: null, record: async () => undefined },
  { name: "selling-penalty", data: null, record: async () => undefined },
  { name: "stake-tiers", data: null, record: async () => undefined },
  { name: "sigmoid-decay", data: null, record: async () => undefined },
  { name: "last-champions", data: null, record: async () => undefined },
  { name: "tao20-crash", data: null, record: async () => undefined },
  { name: "vesting-honest", sets: ["time.days=30"], data: null, record: async () => undefined },
  { name: "vesting-mixed", sets: ["time.days=30"], data: null, record: async () => undefined },
  { name: "vesting-vs-none", sets: ["time.days=30"], data: null, record: async () => undefined },
  { name: "colluding-validators", sets: ["time.days=3"], data: null, record: async () => undefined },
  { name: "yuma3", data: null, record: async () => undefined },
  { name: "vesting-attack", sets: ["time.days=3"], data: null, record: async () => undefined },
  { name: "weekly-sellers", sets: ["time.days=30"], data: null, record: async () => undefined },
  { name: "burn-feedback", sets: ["time.days=30"], data: null, record: async () => undefined },
  { name: "burn-and-rank", sets: ["time.days=30"], data: null, record: async () => undefined },
  { name: "handed-over", data: null, record: async () => undefined },
  { name: "subnet-year", large: true, data: null, record: async () => undefined },
  { name: "recorded-subnet", large: true, data: null, record: recordLocalChain },
  { name: "recorded-miner", data: "taostats/mining", record: taostats("taostats/mining", "mining") },
  { name: "recorded-peers", data: "taostats/mining", record: taostats("taostats/mining", "mining") },
  { name: "recorded-contract", data: "taostats/contract", record: taostats("taostats/contract", "contract") },
  {
    name: "tao20-2025",
    large: true,
    data: "tao20",
    record: ({ importTao20 }, folder) => importTao20(shared("tao20"), { out: join(folder, "tao20") }),
  },
];

/** What is missing for it here; null: nothing. */
export function missingFor({ data }: ShippedScenario): string | null {
  return data === null || existsSync(shared(data)) ? null : `${data} of the shared data`;
}
