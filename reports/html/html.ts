import { legible } from "./legible.js";

/** A piece of a page that is HTML already. Made by `html` alone, so that nothing else gets onto a page unescaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text and numbers are escaped, pieces and lists of them stay, null is nothing. */
export type HtmlValue = Html | string | number | bigint | null | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as it may stand between tags and inside a quoted attribute; what cannot be seen is spelt out. */
export function escapeHtml(text: string): string {
  return legible(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function written(value: HtmlValue): string {
  if (value === null) return "";
  if (value instanceof Html) return value.text;
  return Array.isArray(value) ? value.map(written).join("") : escapeHtml(String(value));
}

/** HTML in which every value is escaped. Values stand between tags or inside quoted attributes, nowhere else. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.reduce((text, part, at) => text + written(values[at - 1] ?? null) + part));
}

export const NOTHING = new Html("");
