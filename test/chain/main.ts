import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { formatFound, formatPlace, TenureError } from "../../engine/index.js";
import { everyShapeHistory } from "./every-shape-history.js";
import { localHistory } from "./local-history.js";
import type { Faults } from "./server/faults.js";
import { CHAIN_HOST, startChainServer } from "./server/start-chain-server.js";
import type { TestChain } from "./test-chain.js";

const HELP = `Serves a small chain of its own over WebSocket, for \`tenure record\`.

  --port <n>       port on 127.0.0.1 (default: 9944); 0: any free one, which is printed
  --blocks <n>     blocks of the chain (default: 7220)
  --seed <n>       another seed, another chain (default: 1)
  --history <name> local, or every-shape: all that a chain can do, in 400 blocks
  --advance-ms <n> a block more is final every so many milliseconds, from the middle on
  --drop-every <n>, --refuse-every <n>, --delay-ms <n>: what goes wrong on the way
`;

const HISTORIES: Readonly<Record<string, (blocks: number, seed: number) => TestChain>> = {
  local: (blocks, seed) => localHistory({ blocks, seed }),
  "every-shape": everyShapeHistory,
};

interface ChainOptions {
  readonly port: number;
  readonly blocks: number;
  readonly seed: number;
  readonly history: keyof typeof HISTORIES;
  readonly faults: Faults;
  readonly advanceMs: number | undefined;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(HELP);
  else await serve(options);
} catch (error) {
  if (!(error instanceof TenureError)) throw error;
  const { code, what, place, found, allowed, hint } = error;
  process.stderr.write(`${code}  ${formatPlace(place)}\n  ${what}\n`);
  if (found !== undefined) process.stderr.write(`  found:   ${formatFound(found)}\n`);
  if (allowed !== undefined) process.stderr.write(`  allowed: ${allowed}\n`);
  if (hint !== undefined) process.stderr.write(`  hint:    ${hint}\n`);
  process.exitCode = 2;
}

/** Undefined where help is asked for. */
function readOptions(args: readonly string[]): ChainOptions | undefined {
  const text = { type: "string" } as const;
  const values = parsed(() => {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        port: { ...text, default: "9944" },
        blocks: { ...text, default: "7220" },
        seed: { ...text, default: "1" },
        history: { ...text, default: "local" },
        "drop-every": text,
        "refuse-every": text,
        "delay-ms": text,
        "advance-ms": text,
      },
    }).values;
  });
  if (values.help === true) return undefined;
  if (!Object.hasOwn(HISTORIES, values.history)) throw badOption("--history", values.history, Object.keys(HISTORIES).join(", "));
  const optional = (name: "drop-every" | "refuse-every" | "delay-ms" | "advance-ms") =>
    values[name] === undefined ? undefined : whole(`--${name}`, values[name], 1, 2 ** 31 - 1);
  const [dropEvery, refuseEvery, delayMs] = [optional("drop-every"), optional("refuse-every"), optional("delay-ms")];
  return {
    port: whole("--port", values.port, 0, 65_535),
    blocks: whole("--blocks", values.blocks, 1, 10_000_000),
    seed: whole("--seed", values.seed, 0, Number.MAX_SAFE_INTEGER),
    history: values.history,
    faults: {
      ...(dropEvery === undefined ? {} : { dropEvery }),
      ...(refuseEvery === undefined ? {} : { refuseEvery }),
      ...(delayMs === undefined ? {} : { delayMs }),
    },
    advanceMs: optional("advance-ms"),
  };
}

function parsed<Values>(parse: () => Values): Values {
  try {
    return parse();
  } catch (error) {
    throw new TenureError({
      code: "TEN-CHAIN-041",
      what: error instanceof Error ? error.message : String(error),
      place: { path: "npm run chain" },
      hint: "See: npm run chain -- --help",
    });
  }
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw badOption(option, text, `a whole number, ${least} to ${most}`);
}

function badOption(option: string, found: string, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-CHAIN-041",
    what: "The local chain does not know this value.",
    place: { path: option },
    found,
    allowed,
    hint: "See: npm run chain -- --help",
  });
}

async function serve({ port, blocks, seed, history, faults, advanceMs }: ChainOptions): Promise<void> {
  // A chain takes seconds to make, so a port that cannot be had is told before.
  if (port !== 0) await probe(port);
  const chain = HISTORIES[history](blocks, seed);
  if (advanceMs !== undefined) chain.finalized = Math.floor(chain.best / 2);
  const server = await startChainServer(chain, { port, faults }).catch((error) => {
    throw portRefusal(port, error);
  });
  const advance =
    advanceMs === undefined
      ? undefined
      : setInterval(() => {
          if (chain.finalized < chain.best) server.finalize(chain.finalized + 1);
        }, advanceMs);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      clearInterval(advance);
      void server.close();
    });
  }
  console.log(`Listening on ${server.url} with blocks 0 to ${chain.best}`);
}

function probe(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => reject(portRefusal(port, error)));
    server.listen(port, CHAIN_HOST, () => server.close(() => resolve()));
  });
}

function portRefusal(port: number, error: NodeJS.ErrnoException): Error {
  const { code, message } = error;
  if (code !== "EADDRINUSE" && code !== "EACCES") return error;
  return new TenureError({
    code: "TEN-CHAIN-040",
    what: code === "EACCES" ? "The local chain may not listen on this port." : "The local chain cannot listen: the port is in use.",
    place: { path: `${CHAIN_HOST}:${port}` },
    found: message,
    allowed: "a port that is free",
    hint: "Take another: npm run chain -- --port 9955, or --port 0 for any free one. Perhaps another local chain still runs.",
  });
}
