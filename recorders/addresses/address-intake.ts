import { type AddressBook, type Place, TenureError } from "../../engine/index.js";
import { CanonicalAddresses } from "./canonical-address.js";
import { checkSs58 } from "./ss58.js";

/** `ss58`: only valid SS58 addresses; `any`: whatever is not empty, for data whose addresses were made up. */
export const ADDRESS_RULES = ["ss58", "any"] as const;
export type AddressRule = (typeof ADDRESS_RULES)[number];

/** A half of a pair: it has no form in UTF-8, so two such texts would become one address in a file. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Turns the addresses of an input into ids, checking each distinct text once. Texts of one public key have one id. */
export class AddressIntake {
  readonly #ids = new Map<string, number>();

  constructor(
    readonly book: AddressBook,
    readonly rule: AddressRule,
    readonly canonical = new CanonicalAddresses(),
  ) {}

  /**
   * The id of an address.
   * @throws TenureError `TEN-IMPORT-006` when the rule does not take it
   */
  take(text: string, place: () => Place): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const address = this.canonical.of(text);
    this.#check(address, place);
    const id = this.book.intern(address);
    this.#ids.set(text, id);
    return id;
  }

  #check(address: string, place: () => Place): void {
    if (this.rule === "ss58") {
      const check = checkSs58(address);
      if (check.valid) return;
      throw new TenureError({
        code: "TEN-IMPORT-006",
        what: `An address is not SS58: ${check.reason}.`,
        place: place(),
        found: address,
        allowed: "SS58 addresses of 32-byte keys, or the keys in hexadecimal",
        hint: "If the addresses of this input were made up, import it with `--addresses any`.",
      });
    }
    if (address === "") {
      throw new TenureError({ code: "TEN-IMPORT-006", what: "An address is empty.", place: place(), found: address, allowed: "any text" });
    }
    if (LONE_SURROGATE.test(address)) {
      throw new TenureError({
        code: "TEN-IMPORT-006",
        what: "An address holds half of a character.",
        place: place(),
        found: address,
        allowed: "text that UTF-8 can hold",
      });
    }
  }
}
