/** Lets the tables that are marked for it be sorted by their heads and searched. */
export function makeTablesSortable(): void {
  for (const part of document.querySelectorAll<HTMLElement>(".data-table")) {
    if (part.dataset.sortable !== undefined) makeSortable(part);
    const box = part.querySelector<HTMLInputElement>("[data-search]");
    box?.addEventListener("input", () => search(part, box.value));
  }
}

function makeSortable(part: HTMLElement): void {
  const body = part.querySelector("tbody");
  const heads = [...part.querySelectorAll("th")];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      // Numbers are looked at from the largest, words from the first.
      const isNumber = head.classList.contains("number");
      const descending = head.ariaSort === null ? isNumber : head.ariaSort === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.ariaSort = descending ? "descending" : "ascending";
      const rows = [...(body?.rows ?? [])].map((row) => ({ row, key: keyOf(row.cells[column]?.textContent ?? "", isNumber) }));
      rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (descending ? -1 : 1));
      body?.append(...rows.map(({ row }) => row));
    });
  });
}

/** "+1,234.5 %" -> 1234.5; a cell without a number comes after all others from the largest. */
function keyOf(text: string, isNumber: boolean): number | string {
  if (!isNumber) return text.toLowerCase();
  const digits = /[+-]?[\d,]+(\.\d+)?(e[+-]?\d+)?/.exec(text)?.[0];
  return digits === undefined ? Number.NEGATIVE_INFINITY : Number(digits.replaceAll(",", ""));
}

function search(part: HTMLElement, text: string): void {
  const wanted = text.trim().toLowerCase();
  for (const row of part.querySelectorAll<HTMLTableRowElement>("tbody tr")) {
    row.hidden = !(row.textContent ?? "").toLowerCase().includes(wanted);
  }
}
