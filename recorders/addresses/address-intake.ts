import { type AddressBook, type Place, TenureError } from "../../engine/index.js";
import { checkSs58 } from "./ss58.js";

/** `ss58`: only valid SS58 addresses; `any`: whatever is not empty, for data whose addresses were made up. */
export const ADDRESS_RULES = ["ss58", "any"] as const;
export type AddressRule = (typeof ADDRESS_RULES)[number];

/** Turns the addresses of an input into ids, checking each distinct one once. */
export class AddressIntake {
  constructor(
    readonly book: AddressBook,
    readonly rule: AddressRule,
  ) {}

  /**
   * The id of an address.
   * @throws TenureError `TEN-IMPORT-006` when the rule does not take it
   */
  take(address: string, place: () => Place): number {
    const known = this.book.find(address);
    if (known !== undefined) return known;
    if (this.rule === "ss58") {
      const check = checkSs58(address);
      if (!check.valid) {
        throw new TenureError({
          code: "TEN-IMPORT-006",
          what: `An address is not SS58: ${check.reason}.`,
          place: place(),
          found: address,
          allowed: "SS58 addresses of 32-byte keys",
          hint: "If the addresses of this input were made up, import it with `--addresses any`.",
        });
      }
    } else if (address === "") {
      throw new TenureError({ code: "TEN-IMPORT-006", what: "An address is empty.", place: place(), found: address, allowed: "any text" });
    }
    return this.book.intern(address);
  }
}
