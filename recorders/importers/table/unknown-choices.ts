import { type ColumnDeclaration, type Place, TenureError } from "../../../engine/index.js";
import { nearestNameOrPart } from "../../../scenarios/index.js";
import { listNames } from "../listed-names.js";

/** So many texts of a column are kept; a column that holds something else altogether would have one a row. */
const MOST_KEPT = 100;

/** Texts that name no choice of a column, gathered over a whole table so that all can be told of at once. */
export class UnknownChoices {
  readonly #texts = new Map<ColumnDeclaration, Set<string>>();
  #first: Place | undefined;

  get any(): boolean {
    return this.#first !== undefined;
  }

  see(column: ColumnDeclaration, text: string, place: () => Place): void {
    this.#first ??= place();
    let texts = this.#texts.get(column);
    if (texts === undefined) {
      texts = new Set();
      this.#texts.set(column, texts);
    }
    if (texts.size < MOST_KEPT) texts.add(text);
  }

  /** @throws TenureError `TEN-IMPORT-013` when there are any: at the place of the first one, with all texts */
  check(): void {
    if (this.#first === undefined) return;
    const columns = [...this.#texts].map(([column, texts]) => ({ column, texts: [...texts], names: column.values ?? [] }));
    const [{ column, names }] = columns;
    const isOne = columns.length === 1;
    throw new TenureError({
      code: "TEN-IMPORT-013",
      what: isOne ? `There is no such ${column.name}.` : "There are no such choices.",
      place: this.#first,
      found: isOne ? listNames(columns[0].texts) : columns.map(({ column: { name }, texts }) => `${name}: ${listNames(texts)}`).join("; "),
      allowed: isOne ? names.join(", ") : columns.map((each) => `${each.column.name}: ${each.names.join(", ")}`).join("; "),
      hint: columns.map((each) => valueHint(each.column.name, each.texts, each.names)).join(" "),
    });
  }
}

/** How to say what texts of a column stand for. */
export function valueHint(column: string, texts: readonly string[], names: readonly string[]): string {
  const near = texts.length === 1 ? nearestNameOrPart(texts[0], names) : undefined;
  const options = texts.slice(0, 10).map((text) => `--value '${column}:${text.replaceAll("'", "'\\''")}=<one of these>'`);
  const means =
    texts.length === 1 ? "says what it stands for." : `${texts.length > options.length ? "and so on " : ""}say what they stand for.`;
  return `${near === undefined ? "" : `Did you mean "${near}"? `}${options.join(" ")} ${means}`;
}
