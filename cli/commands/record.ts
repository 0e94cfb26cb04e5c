import { type Command, InvalidArgumentError } from "commander";
import type { TenureError } from "../../engine/index.js";
import type { RecordChainOptions, RecordProgress } from "../../recorders/index.js";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { collect, type OutputOptions, parseNetuid, parsePath, parseWhole, withOutputOptions } from "../options.js";
import { openProgress, type ProgressDisplay } from "../progress.js";
import { reportStyle } from "../report-style.js";
import { addRecordCheckCommand } from "./record-check.js";
import { addRecordRuntimeCommand } from "./record-runtime.js";

interface RecordCommandOptions extends OutputOptions {
  readonly endpoint?: readonly string[];
  readonly netuid?: readonly number[];
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly follow?: true;
  readonly concurrency?: number;
  readonly priceEvery?: number;
  readonly chunkBlocks?: number;
  readonly weights?: true;
  readonly validatorWeights?: true;
  readonly connectTimeout?: number;
  readonly requestTimeout?: number;
  readonly dryRun?: true;
}

export function addRecordCommand(program: Command, context: Context): void {
  const command = program
    .command("record")
    .description(
      "record a subnet from a chain node: stake, emission, prices and registrations, ready to be run; resumes where it was stopped",
    )
    .option("--endpoint <url>", "WebSocket address of an archive node; several: when one fails the next is used", endpoint)
    .option("--netuid <n>", "subnet; can be repeated", netuid)
    .option("--from <block|date>", "first block, or the first one at or after a time")
    .option("--to <block|date|head>", "last block, or the last one at or before a time (default: head, the finalised one)")
    .option("--out <dir>", "folder for the recording (default: recordings/subnet-<netuid>)", parsePath)
    .option("--follow", "go on with the chain until interrupted")
    .option("--concurrency <n>", "requests under way at the same time (default: 8)", positive)
    .option("--price-every <blocks>", "blocks between two prices (default: 10)", positive)
    .option("--chunk-blocks <n>", "blocks of a chunk, the unit that is kept (default: 7200, a day)", positive)
    .option("--weights", "also record each epoch's incentives, as base weights")
    .option(
      "--validator-weights",
      "also record what validators had set at each epoch, for `weights: { from: yuma }`; of several mechanisms the first",
    )
    .option("--connect-timeout <s>", "how long an endpoint may take to answer first, seconds (default: 10)", seconds)
    .option("--request-timeout <s>", "how long an answer may take before it is asked for again, seconds (default: 20)", seconds)
    .option("--dry-run", "only say how many requests it will take; finds the positions, writes nothing");
  withOutputOptions(command)
    .addHelpText(
      "after",
      `
The same command goes on with what is there. Ctrl-C keeps what is done.

Examples:
  $ tenure record --endpoint wss://archive.chain.opentensor.ai:443 --netuid 30 --from 2025-10-01 --to 2025-10-08 --dry-run
  $ tenure record --endpoint wss://archive.chain.opentensor.ai:443 --netuid 30 --from 2025-10-01 --to head --follow
  $ tenure record check recordings/subnet-30`,
    )
    .action((options: RecordCommandOptions) => record(options, context));
  addRecordCheckCommand(command, context);
  addRecordRuntimeCommand(command, context);
}

async function record(options: RecordCommandOptions, context: Context): Promise<void> {
  const { json, quiet, dryRun, netuid: netuids = [], out = `recordings/subnet-${netuids.join("-")}` } = options;
  const { terminal, interruption } = context;
  const { estimateRequests, parseBound, recordChain } = await import("../../recorders/index.js");
  await requireOptions(options);
  const hidden = json === true || quiet === true;
  const progress = openProgress(terminal, { hidden });
  const request: RecordChainOptions = {
    endpoints: options.endpoint ?? [],
    netuids,
    from: parseBound(options.from ?? "", "--from"),
    to: parseBound(options.to ?? "head", "--to"),
    out,
    follow: options.follow === true,
    weights: options.weights === true,
    validatorWeights: options.validatorWeights === true,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.priceEvery === undefined ? {} : { priceEveryBlocks: options.priceEvery }),
    ...(options.chunkBlocks === undefined ? {} : { chunkBlocks: options.chunkBlocks }),
    patience: {
      ...(options.connectTimeout === undefined ? {} : { connectTimeoutMs: options.connectTimeout * 1_000 }),
      ...(options.requestTimeout === undefined ? {} : { requestTimeoutMs: options.requestTimeout * 1_000 }),
    },
    onProgress: (at) => show(progress, at),
    onTrouble: troubleNotes((note) => {
      if (hidden) return;
      progress.stop();
      terminal.stderr(note);
    }),
    signal: interruption.signal,
  };
  // Closing the chunk at hand takes a few requests.
  interruption.allow(CLOSING_MS);
  try {
    if (dryRun === true) {
      const estimate = await estimateRequests(request);
      progress.stop();
      const { requestEstimateText } = await import("../../reports/index.js");
      if (json === true) terminal.stdout(formatJson(estimate));
      else terminal.stdout(requestEstimateText(estimate, reportStyle(terminal)));
      return;
    }
    const report = await recordChain(request);
    progress.stop();
    if (json === true) {
      const { folder, manifest, blocks, requests, interrupted } = report;
      terminal.stdout(formatJson({ out: folder, blocks_recorded: blocks, requests, interrupted, manifest: manifest ?? null }));
    } else if (quiet !== true) {
      const { recordText } = await import("../../reports/index.js");
      terminal.stdout(recordText(report, reportStyle(terminal)));
    }
    if (report.interrupted) throw await interrupted(out, report.manifest?.chain?.to_block);
  } finally {
    progress.stop();
  }
}

/** What the recorder takes at most to close a chunk, and a little more, ms. */
const CLOSING_MS = 12_000;

/** The same trouble is told again after this long at the earliest. */
const NOTE_EVERY_MS = 10_000;

/** Notes of what went wrong and was mended: a node that asks to wait may say so hundreds of times. */
function troubleNotes(write: (note: string) => void): (words: string) => void {
  const told = new Map<string, { atMs: number; more: number }>();
  return (words) => {
    const last = told.get(words);
    const nowMs = performance.now();
    if (last !== undefined && nowMs - last.atMs < NOTE_EVERY_MS) {
      last.more++;
      return;
    }
    write(`note: ${words}${last === undefined || last.more === 0 ? "" : ` (and ${last.more} times more since)`}\n`);
    told.set(words, { atMs: nowMs, more: 0 });
  };
}

/** What a recording cannot be without; commander would ask it of `record check` as well. */
async function requireOptions({ endpoint: endpoints, netuid: netuids, from, to, follow }: RecordCommandOptions): Promise<void> {
  const { TenureError } = await import("../../engine/index.js");
  const missing = [
    ...(endpoints === undefined ? ["--endpoint <url>"] : []),
    ...(netuids === undefined ? ["--netuid <n>"] : []),
    ...(from === undefined ? ["--from <block|date>"] : []),
  ];
  if (missing.length > 0) {
    throw new TenureError({
      code: "TEN-CLI-005",
      what: "A recording needs a node, a subnet and a beginning.",
      found: `no ${missing.join(", no ")}`,
      allowed: "--endpoint <url>, --netuid <n> and --from <block|date>",
      hint: "See: tenure record --help",
    });
  }
  if (follow !== true || to === undefined || to === "head") return;
  throw new TenureError({
    code: "TEN-CLI-006",
    what: "A recording that follows the chain has no end.",
    place: { path: "--to" },
    found: to,
    allowed: "head, or no --to at all",
    hint: "Leave --to out, or record without --follow. See: tenure record --help",
  });
}

async function interrupted(out: string, toBlock: number | undefined): Promise<TenureError> {
  const { TenureError } = await import("../../engine/index.js");
  return new TenureError({
    code: "TEN-CHAIN-033",
    what: toBlock === undefined ? "Interrupted before anything could be kept." : "Interrupted. What is recorded stays.",
    place: { file: out },
    ...(toBlock === undefined ? {} : { found: `recorded up to block ${toBlock}` }),
    hint: "The same command goes on from there.",
  });
}

function show(progress: ProgressDisplay, { stage, done, total, block }: RecordProgress): void {
  progress.update({
    label: stage,
    done,
    total,
    unit: stage === "finding positions" ? "hotkeys" : "blocks",
    detail: `block ${block}`,
  });
}

function positive(text: string): number {
  return parseWhole(text, 1, Number.MAX_SAFE_INTEGER);
}

/** Timers know no more than 2^31 ms. */
function seconds(text: string): number {
  return parseWhole(text, 1, 86_400);
}

function netuid(text: string, previous: readonly number[] = []): readonly number[] {
  return [...previous, parseNetuid(text)];
}

function endpoint(text: string, previous?: readonly string[]): readonly string[] {
  if (!/^wss?:\/\/[^\s]+$/.test(text)) throw new InvalidArgumentError("a WebSocket address: ws://... or wss://...");
  return collect(text, previous);
}
