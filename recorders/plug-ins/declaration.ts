import { faultWords, TenureError } from "../../engine/index.js";
import { nearestName } from "../../scenarios/index.js";

const LONGEST_TEXT = 500;

/** A part of what the file of a rule declares, which may be anything: read once, with the path that errors name. */
export class Declaration {
  constructor(
    readonly value: unknown,
    private readonly file: string,
    private readonly path = "",
  ) {}

  /** Names of its entries; none where it is no mapping. */
  keys(): string[] {
    const { value } = this;
    if (typeof value !== "object" || value === null) throw this.refused(value, "a mapping");
    return this.safely(() => Object.keys(value));
  }

  /** An entry; of nothing, or of what is no mapping, nothing. */
  child(name: string): Declaration {
    const { value, file, path } = this;
    const inner = this.safely(() => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined));
    return new Declaration(inner, file, path === "" ? name : `${path}.${name}`);
  }

  /**
   * Refuses entries that nobody reads, which would be misspelt or misplaced.
   * @param allowed names of the others
   */
  only(allowed: readonly string[]): void {
    for (const name of this.keys()) if (!allowed.includes(name)) this.child(name).named(allowed);
  }

  /**
   * A text for people, on one line.
   * @param otherwise what is meant where it is left out; left out itself: it has to be stated
   */
  text(otherwise?: string): string {
    const { value } = this;
    if (value === undefined && otherwise !== undefined) return otherwise;
    const isFit = typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_TEXT && !/\p{Cc}/u.test(value);
    if (isFit || (value === "" && otherwise === "")) return value;
    throw this.refused(value, `a text of one line, at most ${LONGEST_TEXT} characters`);
  }

  /** One of some words. */
  word<Word extends string>(words: readonly Word[]): Word {
    const { value } = this;
    if (typeof value === "string" && (words as readonly string[]).includes(value)) return value as Word;
    throw this.refused(value, `one of ${words.join(", ")}`, typeof value === "string" ? nearestName(value, words) : undefined);
  }

  /** Its own name, which has to be one of some. */
  named<Word extends string>(words: readonly Word[]): Word {
    const name = this.path.split(".").at(-1) ?? "";
    if ((words as readonly string[]).includes(name)) return name as Word;
    throw this.refused(name, `keys among ${words.join(", ")}`, nearestName(name, words));
  }

  /** A method, called on what holds it. */
  method(name: string): (...given: unknown[]) => unknown {
    const { value } = this;
    const { value: method, path } = this.child(name);
    if (typeof method !== "function") throw new Declaration(method, this.file, path).refused(method, "a function");
    return (...given) => (method as (...given: unknown[]) => unknown).apply(value, given);
  }

  refused(found: unknown, allowed: string, nearest?: string): TenureError {
    const isPlain = ["string", "number", "boolean"].includes(typeof found);
    return new TenureError({
      code: "TEN-PLUGIN-009",
      what: this.path === "" ? "The rule is not declared as one." : `The rule declares ${this.path} as what it cannot be.`,
      place: { file: this.file, ...(this.path === "" ? {} : { path: this.path }) },
      found: isPlain
        ? found
        : found === undefined
          ? "nothing (undefined)"
          : found === null
            ? "null"
            : `a value of the type ${typeof found}`,
      allowed,
      hint: nearest === undefined ? "docs/how-to/write-a-rule.md shows a whole rule." : `Did you mean ${nearest}?`,
    });
  }

  private safely<Answer>(ask: () => Answer): Answer {
    try {
      return ask();
    } catch (error) {
      throw this.refused(faultWords(error), "plain values");
    }
  }
}
