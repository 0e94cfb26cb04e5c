/** What is not broken: a command that ends a text, a quoted path, what stands in backquotes with what clings to it, a word. */
const PIECE = /(?:See|Try): (?:(?:npx )?tenure|duckdb) .*$|'[^']*'\S*|(?:[^\s`]|`[^`]*`)+|\S+/g;

/** A text in lines of at most `width` letters, broken between words and never inside a command; a longer one has a line of its own. None for no text. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const [piece] of text.matchAll(PIECE)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= width) lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(piece);
  }
  return lines;
}
