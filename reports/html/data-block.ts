import { Html, html } from "./html.js";

/** Data for the script of a page, as JSON in an element that is never run. */
export function dataBlock(id: string, value: unknown): Html {
  // In JSON `<` stands only inside texts; as an escape it can end no element.
  const json = JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return html`<script type="application/json" id="${id}">${new Html(json)}</script>`;
}
