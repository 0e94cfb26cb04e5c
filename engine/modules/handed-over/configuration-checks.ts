import { collusionOf, minerKeys, minerNeedsSeats, minerStrategyLabel, refuseMinerStrategy } from "../../agents/miners/index.js";
import { LARGEST_NETUID } from "../../books/accounts.js";
import type { RunConfiguration } from "../../configuration/run-configuration.js";
import { TenureError } from "../../kernel/errors.js";
import { isRao, MAX_RAO } from "../../kernel/money.js";
import { isWhole, requireThat } from "../../kernel/ranges.js";
import { BLOCK_MS, instantText } from "../../kernel/time.js";
import type { HandedOverConfiguration } from "./configuration.js";

/**
 * Refuses positions that no scenario can hand over.
 * @throws TenureError TEN-LOOP-121 to -125, and as the checks of strategies
 */
export function refuseHandedOver(run: RunConfiguration, handed: readonly HandedOverConfiguration[], path = "handed_over"): void {
  if (handed.length === 0) return;
  if (run.schedules !== null) {
    throw new TenureError({
      code: "TEN-LOOP-122",
      what: "Who decides sells what is paid, and instalments are not there yet.",
      place: { path: "schedules" },
      found: "schedules",
      allowed: "none, where positions are handed over",
    });
  }
  handed.forEach((one, i) => {
    refuseOne(run, one, `${path}.${i}`);
    refuseRepetition(handed, i, `${path}.${i}`);
  });
}

function refuseOne(run: RunConfiguration, one: HandedOverConfiguration, path: string): void {
  const { netuid, hotkeys, coldkey, fromMs, strategy, taoRao } = one;
  requireThat(isWhole(netuid, 0, LARGEST_NETUID), "TEN-LOOP-121", `${path}.netuid`, netuid, `whole numbers from 0 to ${LARGEST_NETUID}`);
  requireThat(isRao(taoRao), "TEN-LOOP-121", `${path}.tao`, taoRao, `whole rao from 0 to ${MAX_RAO}`);
  requireThat(
    hotkeys.length > 0 && hotkeys.every((hotkey) => hotkey !== ""),
    "TEN-LOOP-121",
    `${path}.hotkey`,
    "",
    "an address, or several",
  );
  requireThat(coldkey !== "", "TEN-LOOP-121", `${path}.coldkey`, "", "an address");
  const { startMs, endMs } = run;
  if (!(fromMs >= startMs) || (endMs !== null && fromMs > endMs)) {
    throw new TenureError({
      code: "TEN-LOOP-123",
      what: "A position is handed over at a time that is no part of the run.",
      place: { path: `${path}.from` },
      found: Number.isFinite(fromMs) ? instantText(fromMs) : fromMs,
      allowed: endMs === null ? `${instantText(startMs)} or later` : `${instantText(startMs)} to ${instantText(endMs)}`,
    });
  }
  const { tempoBlocks } = run.subnets.find((subnet) => subnet.netuid === netuid) ?? run.subnetDefaults;
  refuseMinerStrategy(strategy, `${path}.strategy`, tempoBlocks * BLOCK_MS);
  if (minerNeedsSeats(strategy)) {
    throw new TenureError({
      code: "TEN-LOOP-124",
      what: "A strategy lives on seats that it registers or takes over, and the seats of a recorded subnet are as recorded.",
      place: { path: `${path}.strategy` },
      found: minerStrategyLabel(strategy),
      allowed: "a strategy that holds, sells, buys or moves stake",
    });
  }
  if (collusionOf(strategy) !== null) {
    throw new TenureError({
      code: "TEN-LOOP-124",
      what: "A strategy lives on validators of its owner, and those of a recorded subnet are not simulated: what they rated is in what was paid.",
      place: { path: `${path}.strategy` },
      found: minerStrategyLabel(strategy),
      allowed: "a strategy that holds, sells, buys or moves stake",
      hint: "Validators are simulated under closed_loop.validators.",
    });
  }
  const keys = minerKeys(strategy);
  if (keys > hotkeys.length) {
    throw new TenureError({
      code: "TEN-LOOP-124",
      what: "A strategy works with more hotkeys than are handed over to it.",
      place: { path: `${path}.hotkey` },
      found: hotkeys.length,
      allowed: `${keys} hotkeys for ${minerStrategyLabel(strategy)}`,
      hint: "List all of them under hotkey, or state fewer keys with the strategy.",
    });
  }
}

/** Of one hotkey several positions may be handed over where their owners are stated, and differ. */
function refuseRepetition(handed: readonly HandedOverConfiguration[], at: number, path: string): void {
  const { netuid, hotkeys, coldkey, name } = handed[at];
  hotkeys.forEach((hotkey, k) => {
    const isRepeated =
      hotkeys.indexOf(hotkey) < k ||
      handed
        .slice(0, at)
        .some(
          (other) => other.netuid === netuid && other.hotkeys.includes(hotkey) && (other.coldkey ?? coldkey) === (coldkey ?? other.coldkey),
        );
    if (isRepeated) throw handedOverTwice(hotkey, path);
  });
  if (!handed.slice(0, at).some((other) => other.name === name)) return;
  throw new TenureError({
    code: "TEN-LOOP-125",
    what: "Two of those who decide have the same name.",
    place: { path: `${path}.name` },
    found: name,
    allowed: "each name once; left out it is the first hotkey",
  });
}

export function handedOverTwice(name: string, path: string): TenureError {
  return new TenureError({
    code: "TEN-LOOP-125",
    what: "A position is handed over twice.",
    place: { path },
    found: name,
    allowed: "each position once",
    hint: "One who decides may have several hotkeys: list them under hotkey.",
  });
}
