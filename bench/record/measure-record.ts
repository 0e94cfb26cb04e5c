import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startChainProcess } from "../../test/chain/chain-process.js";
import { type CommandSamples, commandSamples } from "../command/command-samples.js";
import { type CommandRun, measureCommand } from "../command/measure-command.js";
import { packageRoot } from "../package-root.js";
import type { PartContext } from "../part-context.js";

const NETUID = 30;
const IN_FLIGHT = 8;
/** Two lengths, so that it is seen whether memory grows with the range. */
const BLOCKS = { short: 7_200, long: 28_800 } as const;
const QUICK_BLOCKS = { short: 1_800, long: 3_600 } as const;
type Length = keyof typeof BLOCKS;

export interface RecordResult {
  readonly in_flight: number;
  readonly short: CommandSamples & { readonly blocks: number };
  readonly long: CommandSamples & { readonly blocks: number };
  /** Of the longer range, with the start of the process. */
  readonly blocks_per_second: number;
  /** Peak memory of the longer range over that of the shorter one; about 1 when memory is flat. */
  readonly peak_ratio: number;
}

/** `tenure record` against a local chain in another process, 8 requests in flight. */
export async function measureRecord({ folder, quick, progress }: PartContext): Promise<RecordResult> {
  const blocks = quick ? QUICK_BLOCKS : BLOCKS;
  const rounds = quick ? 1 : 5;
  progress(`record: starting a local chain of ${blocks.long} blocks`);
  const main = join(packageRoot(), "dist/test/chain/main.js");
  const chain = await startChainProcess(main, ["--blocks", String(blocks.long)]);
  const runs: Record<Length, CommandRun[]> = { short: [], long: [] };
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const length of ["short", "long"] as const) {
        progress(`record: round ${round} of ${rounds}, tenure record over ${blocks[length]} blocks`);
        const out = join(folder, `${length}-${round}`);
        const range = ["--from", "1", "--to", String(blocks[length])];
        const node = ["--endpoint", chain.url, "--netuid", String(NETUID), "--concurrency", String(IN_FLIGHT)];
        runs[length].push(await measureCommand(["record", ...node, ...range, "--out", out, "--quiet"], folder));
        await rm(out, { recursive: true });
      }
    }
  } finally {
    await chain.stop();
  }
  const short = { blocks: blocks.short, ...commandSamples(runs.short) };
  const long = { blocks: blocks.long, ...commandSamples(runs.long) };
  return {
    in_flight: IN_FLIGHT,
    short,
    long,
    blocks_per_second: Math.round(blocks.long / long.wall_seconds.median),
    peak_ratio: Number((long.peak_mib.median / short.peak_mib.median).toFixed(2)),
  };
}
