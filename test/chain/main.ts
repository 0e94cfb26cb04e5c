import { parseArgs } from "node:util";
import { everyShapeHistory } from "./every-shape-history.js";
import { localHistory } from "./local-history.js";
import type { Faults } from "./server/faults.js";
import { startChainServer } from "./server/start-chain-server.js";
import type { TestChain } from "./test-chain.js";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "9944" },
    blocks: { type: "string", default: "7220" },
    seed: { type: "string", default: "1" },
    history: { type: "string", default: "local" },
    "drop-every": { type: "string" },
    "refuse-every": { type: "string" },
    "delay-ms": { type: "string" },
    "advance-ms": { type: "string" },
  },
});

const HISTORIES: Readonly<Record<string, () => TestChain>> = {
  local: () => localHistory({ blocks: Number(values.blocks), seed: Number(values.seed) }),
  "every-shape": everyShapeHistory,
};
if (!Object.hasOwn(HISTORIES, values.history)) throw new RangeError(`--history is one of ${Object.keys(HISTORIES).join(", ")}`);
const chain = HISTORIES[values.history]();
const faults: Faults = {};
if (values["drop-every"] !== undefined) faults.dropEvery = Number(values["drop-every"]);
if (values["refuse-every"] !== undefined) faults.refuseEvery = Number(values["refuse-every"]);
if (values["delay-ms"] !== undefined) faults.delayMs = Number(values["delay-ms"]);
if (values["advance-ms"] !== undefined) chain.finalized = Math.floor(chain.best / 2);
const server = await startChainServer(chain, { port: Number(values.port), faults });

let advance: NodeJS.Timeout | undefined;
if (values["advance-ms"] !== undefined) {
  advance = setInterval(() => {
    if (chain.finalized < chain.best) server.finalize(chain.finalized + 1);
  }, Number(values["advance-ms"]));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    clearInterval(advance);
    void server.close();
  });
}
console.log(`Listening on ${server.url} with blocks 0 to ${chain.best}`);
