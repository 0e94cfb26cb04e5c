/** What stands in a line as it is: printable ASCII without a space, a quotation mark or a backslash. */
const BARE = /^[!#-[\]-~]+$/;

/** A name as one word of a line; any text can be read back. */
export function nameText(name: string): string {
  if (BARE.test(name)) return name;
  return JSON.stringify(name).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The name of a word; null: it is none that `nameText` gives. */
export function nameOfText(text: string): string | null {
  if (BARE.test(text)) return text;
  try {
    const name: unknown = JSON.parse(text);
    return typeof name === "string" && nameText(name) === text ? name : null;
  } catch {
    return null;
  }
}
