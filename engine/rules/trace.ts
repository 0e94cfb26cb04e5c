/** A term of a formula as it is explained. */
export interface NamedTerm {
  readonly name: string;
  /** The formula in words of the other terms; empty for an input. */
  readonly formula: string;
  readonly value: number;
  /** Is the formula no formula of other terms, but what the term is, in words? */
  readonly isFact?: true;
}

/**
 * Collects the terms of a formula while it is computed. In a run there is none; to explain a result the same formula runs again
 * with one, so that what is explained is what was computed.
 */
export class Trace {
  readonly terms: NamedTerm[] = [];

  /** An input of the formula, or a parameter. */
  input(name: string, value: number): void {
    this.terms.push({ name, formula: "", value });
  }

  /** What was measured, or follows from all miners together, in words of its own. */
  fact(name: string, value: number, words: string): void {
    this.terms.push({ name, formula: words, value, isFact: true });
  }

  /** What follows from the terms before, in their words. */
  term(name: string, value: number, formula: string): void {
    this.terms.push({ name, formula, value });
  }
}
