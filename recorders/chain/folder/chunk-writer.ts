import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AddressBook, REGISTRY_ACTIONS, ROLES, STAKE_ACTIONS, STAKE_CAUSES, type StreamKind } from "../../../engine/index.js";
import { encodeSs58 } from "../../addresses/index.js";
import { syncFile, syncFolder } from "../../folder/index.js";
import { writeRefusal } from "../../streams/file-refusal.js";
import { type RecordingFile, StreamFileWriter, StreamRows } from "../../streams/index.js";
import type { BlockRows } from "../attribution/block-rows.js";
import { bytesOf } from "../little-endian.js";
import type { ChainFolder } from "./chain-folder.js";

/** Block numbers in file names, so that names sort as blocks do. */
const BLOCK_DIGITS = 9;

/** Accounts as SS58 addresses, of one prefix whatever a node says of itself, each made once. */
export class AccountAddresses {
  readonly book = new AddressBook();
  readonly #ids = new Map<string, number>();

  id(account: string): number {
    let id = this.#ids.get(account);
    if (id === undefined) {
      id = this.book.intern(encodeSs58(bytesOf(account)));
      this.#ids.set(account, id);
    }
    return id;
  }
}

/** The stream files of a chunk under way. */
export class ChunkWriter {
  readonly #streams = new Map<StreamKind, StreamRows>();

  private constructor(
    private readonly folder: ChainFolder,
    private readonly accounts: AccountAddresses,
  ) {}

  static async open(folder: ChainFolder, kinds: readonly StreamKind[], accounts: AccountAddresses): Promise<ChunkWriter> {
    const chunk = new ChunkWriter(folder, accounts);
    for (const kind of kinds) {
      const writer = await StreamFileWriter.create(folder.partialPath, kind, `${kind}.arrow`, accounts.book);
      chunk.#streams.set(kind, new StreamRows(writer));
    }
    return chunk;
  }

  async write(rows: BlockRows): Promise<void> {
    const id = (account: string) => this.accounts.id(account);
    for (const { at, extrinsic, event, action, position, amountRao, to, toAmountRao, cause } of rows.stake) {
      await this.#push(
        "stake",
        at.timeMs,
        at.block,
        extrinsic,
        event,
        STAKE_ACTIONS.indexOf(action),
        position.netuid,
        id(position.hotkey),
        id(position.coldkey),
        amountRao,
        to === undefined || to.netuid === position.netuid ? -1 : to.netuid,
        to === undefined || to.hotkey === position.hotkey ? -1 : id(to.hotkey),
        to === undefined || to.coldkey === position.coldkey ? -1 : id(to.coldkey),
        // Left out where it says nothing: inside a subnet what leaves arrives.
        toAmountRao === undefined || (to?.netuid === position.netuid && toAmountRao === amountRao) ? 0 : toAmountRao,
        STAKE_CAUSES.indexOf(cause),
      );
    }
    for (const { at, position, uid, role, amountRao } of rows.emission) {
      const { netuid, hotkey, coldkey } = position;
      await this.#push("emission", at.timeMs, at.block, netuid, id(hotkey), id(coldkey), uid, ROLES.indexOf(role), amountRao);
    }
    for (const { at, position, balanceRao } of rows.balances) {
      await this.#push("balances", at.timeMs, at.block, position.netuid, id(position.hotkey), id(position.coldkey), balanceRao);
    }
    for (const { at, netuid, priceTaoPerAlpha } of rows.price) await this.#push("price", at.timeMs, at.block, netuid, priceTaoPerAlpha);
    for (const { at, extrinsic, event, action, netuid, uid, hotkey, coldkey } of rows.registry) {
      const code = REGISTRY_ACTIONS.indexOf(action);
      await this.#push("registry", at.timeMs, at.block, extrinsic, event, code, netuid, uid, id(hotkey), id(coldkey));
    }
    for (const { at, position, uid, weight } of rows.weights) {
      await this.#push("weights", at.timeMs, at.block, position.netuid, id(position.hotkey), id(position.coldkey), uid, weight);
    }
    for (const { at, netuid, validator, hotkey, weight, stakeRao } of rows.validatorWeights) {
      await this.#push("validator_weights", at.timeMs, at.block, netuid, id(validator), id(hotkey), weight, stakeRao);
    }
    for (const { at, netuid } of rows.epochMarks) await this.#push("epoch_marks", at.timeMs, at.block, netuid);
  }

  /**
   * Finishes the files and moves them to their names. They count once a manifest names them.
   * @param withEmpty also files without rows (a recording's first chunk, so that it has every kind)
   */
  async finish(fromBlock: number, toBlock: number, withEmpty: boolean): Promise<Map<StreamKind, RecordingFile>> {
    const name = `${[fromBlock, toBlock].map((block) => String(block).padStart(BLOCK_DIGITS, "0")).join("-")}.arrow`;
    const files = new Map<StreamKind, RecordingFile>();
    for (const [kind, rows] of this.#streams) {
      await rows.flush();
      const file = await rows.writer.finish();
      const written = join(this.folder.partialPath, file.path);
      const target = join(this.folder.path, kind, name);
      try {
        if (file.rows === 0 && !withEmpty) {
          await rm(written);
          continue;
        }
        await mkdir(join(this.folder.path, kind), { recursive: true });
        await syncFile(written);
        await rename(written, target);
        await syncFolder(join(this.folder.path, kind));
      } catch (error) {
        throw writeRefusal(error, target);
      }
      files.set(kind, { ...file, path: `${kind}/${name}` });
    }
    return files;
  }

  /** Closes what is open; the files stay in `.partial/`, where they do not count. */
  async abandon(): Promise<void> {
    for (const rows of this.#streams.values()) await rows.writer.abandon();
  }

  async #push(kind: StreamKind, ...values: readonly number[]): Promise<void> {
    const rows = this.#streams.get(kind);
    if (rows === undefined) return;
    if (rows.full) await rows.flush();
    rows.push(...values);
  }
}
