import type { ScenarioConfiguration } from "../../../scenarios/index.js";
import type { Coverage } from "../../streams/index.js";
import type { KeySwaps } from "./key-swaps.js";
import type { RunEpochs } from "./run-epochs.js";
import type { RunPosition } from "./run-positions.js";
import type { ImportableRun } from "./run-tables.js";

/** What a replay of the recording will differ in, and how much of a subnet it holds. */
export function notesOf({ configuration }: ImportableRun, coverage: Coverage): string[] {
  const { emission, ledger } = configuration;
  const notes: string[] = [];
  if (emission.mode === "redistribute" && emission.withdrawals === "same_tranches" && ledger.withdrawalOrder === "pro_rata") {
    notes.push(
      "The run took withdrawals tranche by tranche, rounded down; taken pro rata again, tranches may differ by some rao. Stake and pay do not.",
    );
  }
  if (coverage === "partial") notes.push("The run holds part of a subnet, so the recording does.");
  return notes;
}

/** What the tables do not tell, and what it was taken for. */
export function untoldNotes({ untold }: Pick<KeySwaps, "untold">, guessedRoles: number): string[] {
  const notes: string[] = [];
  if (untold > 0) {
    notes.push(
      `The tables do not tell whether keys were swapped or all stake was moved where a position without a seat handed on everything (${untold} times): told as moves. A replay is the same; under withdrawals: absolute a move takes an amount, a swap everything.`,
    );
  }
  if (guessedRoles > 0) {
    notes.push(
      `The run ended inside an epoch, of which the tables do not tell for what ${guessedRoles} payments were made, to positions that are paid for several roles: told with their role in the table positions. A replay pays the same.`,
    );
  }
  return notes;
}

/**
 * A neutral move of a position onto itself leaves no row, where the position holds what moves.
 * @param paidInside payments of miners inside of epochs
 */
export function ownMoveNotes({ run, configuration: { emission, ledger } }: ImportableRun, paidInside: number): string[] {
  const mayMove = ledger.moves !== "strict" && run.manifest.inputs.some(({ kind }) => kind === "stake");
  if (emission.mode !== "replay" || paidInside === 0 || !mayMove) return [];
  return [
    `Miners were paid inside of epochs (${paidInside} times), and the tables do not tell of moves of a position onto itself. A replay is the same; under a rule that shares pots anew such pay waits for the end of its epoch, and a move onto itself before it would bring from outside what the position lacks then.`,
  ];
}

/** Rejections do not say whether it was to be sold, burned, slashed or moved. */
export function inVainNotes(inVain: number): string[] {
  if (inVain === 0) return [];
  return [
    `The tables do not tell what was asked for where nothing was taken (${inVain} times): told as removals. A replay is the same; where a position holds something in another run, a removal takes it, and leaves what was received, of which a slash would have taken too.`,
  ];
}

/** Subnets that were paid and whose first epoch had not ended when the run did: there is nothing to mark. */
export function endlessNotes({ index }: ScenarioConfiguration, positions: readonly RunPosition[], { netuids }: RunEpochs): string[] {
  const paid = new Set(positions.filter(({ paidRao }) => paidRao > 0n).map(({ netuid }) => netuid));
  return [...paid]
    .filter((netuid) => netuid !== index?.netuid && !netuids.includes(netuid))
    .sort((a, b) => a - b)
    .map(
      (netuid) =>
        `No epoch of subnet ${netuid} ended in the run, so none is marked: in a replay its pay ends epochs, unless epochs: tempo is set there.`,
    );
}
