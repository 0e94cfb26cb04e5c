const followed = new WeakSet<HTMLElement>();

/** Says of a table that is wider than its place that there is more beside: a scroll bar that hides until it is touched does not. */
export function hintAtScrolling(): void {
  for (const scroll of document.querySelectorAll<HTMLElement>(".scroll")) {
    const isWider = scroll.scrollWidth > scroll.clientWidth + 1;
    const before = scroll.previousElementSibling;
    const hint = before?.classList.contains("scroll-hint") === true ? before : null;
    if (!isWider) hint?.remove();
    else if (hint === null) scroll.before(made());
    fadeEdges(scroll);
    if (followed.has(scroll)) continue;
    followed.add(scroll);
    scroll.addEventListener("scroll", () => fadeEdges(scroll), { passive: true });
  }
}

/** Marks the edges beyond which a table goes on. */
function fadeEdges(scroll: HTMLElement): void {
  const { scrollLeft, scrollWidth, clientWidth, offsetWidth } = scroll;
  scroll.classList.toggle("more-left", scrollLeft > 1);
  scroll.classList.toggle("more-right", scrollWidth - clientWidth - scrollLeft > 1);
  scroll.style.setProperty("--bar", `${offsetWidth - clientWidth}px`);
}

function made(): HTMLElement {
  const hint = document.createElement("p");
  hint.className = "scroll-hint";
  hint.textContent = "More columns: scroll sideways \u2192";
  return hint;
}
