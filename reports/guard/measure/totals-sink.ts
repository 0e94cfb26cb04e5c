import { type ColumnBatch, columnsByName, InvariantError, RESULT_TABLES, type ResultTableName } from "../../../engine/index.js";
import type { ResultSink } from "../../../recorders/index.js";
import { comparePaidKeys, type PaidLine, type PaidTotals } from "../baseline/paid-line.js";
import { PaySums } from "./pay-sums.js";
import type { StageNumbers } from "./stage-numbers.js";
import { TermPrints } from "./term-prints.js";

const { positions: POSITIONS, participants: PARTICIPANTS } = RESULT_TABLES;

interface KnownPosition {
  readonly position: number;
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly paidRao: bigint;
}

/** Takes the tables of a run, as they are made or as they are read, and sums up who was paid what. */
export class TotalsSink implements ResultSink {
  readonly #pay = new PaySums();
  readonly #prints: TermPrints;
  readonly #positions = new Map<number, KnownPosition>();
  /** Participant of an index subnet by its position. */
  readonly #participants = new Map<number, number>();

  /** @param numbers of the stages beside another list, which fingerprints are then made by */
  constructor(numbers: StageNumbers | null = null) {
    this.#prints = new TermPrints(numbers);
  }

  append(table: ResultTableName, batch: ColumnBatch): void {
    switch (table) {
      case "epochs":
        this.#pay.takeEpochs(batch);
        break;
      case "rewards":
        this.#pay.takeRewards(batch);
        break;
      case "residuals":
        this.#pay.takeResiduals(batch);
        break;
      case "weights":
        this.#prints.takeWeights(batch);
        break;
      case "stage_weights":
        this.#prints.takeStages(batch);
        break;
      case "scores":
        this.#prints.takeScores(batch);
        break;
      case "payouts":
        this.#pay.takePayouts(batch);
        this.#prints.takePayouts(batch);
        break;
      case "slashes":
        this.#prints.takeSlashes(batch);
        break;
      case "positions":
        this.#takePositions(batch);
        break;
      case "participants":
        this.#takeParticipants(batch);
        break;
    }
  }

  /** Asked once, when all of the run was taken. @param indexNetuid of the index subnet; null: there is none */
  totals(indexNetuid: number | null): PaidTotals {
    const days = this.#pay.days();
    const paid = this.#pay.positions((position) => this.#known(position).netuid, days);
    const lines: PaidLine[] = [];
    for (const { position, netuid, hotkey, coldkey, paidRao } of this.#positions.values()) {
      const byDay = paid.get(position) ?? days.map(() => 0n);
      const { shares, ...prints } = this.#prints.of(position, this.#participants.get(position));
      const takesPart = paidRao > 0n || shares || paid.has(position);
      if (takesPart) lines.push({ netuid, kind: "position", hotkey, coldkey, paidRao, ...prints, byDay });
    }
    for (const { netuid, goesTo, byDay } of this.#pay.rest(days, indexNetuid)) {
      const paidRao = byDay.reduce((sum, rao) => sum + rao, 0n);
      lines.push({ netuid, kind: "rest", hotkey: goesTo, coldkey: "", paidRao, multiplier: null, weight: null, terms: null, byDay });
    }
    return { days, lines: lines.sort(comparePaidKeys) };
  }

  #takePositions(batch: ColumnBatch): void {
    const { position, netuid, hotkey, coldkey, paidRao } = columnsByName(POSITIONS, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      this.#positions.set(position[row], {
        position: position[row],
        netuid: netuid[row],
        hotkey: hotkey[row],
        coldkey: coldkey[row],
        paidRao: BigInt(paidRao[row]),
      });
    }
  }

  #takeParticipants(batch: ColumnBatch): void {
    const { participant, position } = columnsByName(PARTICIPANTS, batch.columns);
    for (let row = 0; row < batch.rows; row++) if (position[row] >= 0) this.#participants.set(position[row], participant[row]);
  }

  #known(position: number): KnownPosition {
    const known = this.#positions.get(position);
    if (known === undefined) throw new InvariantError(`position ${position} is paid and not in the table positions`);
    return known;
  }
}
