import { type GalleryRun, galleryRun } from "./gallery-run.js";

/** The picture of a rule family, drawn from a run of its scenario. */
export interface Picture {
  readonly name: string;
  readonly sets?: readonly string[];
  readonly draw: (run: GalleryRun) => string;
}

const GREY = "#9aa5b1";
const BLUE = "#1f6feb";
const RED = "#d1495b";
const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 172;
const TOP = 30;

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
const round = (x: number) => Number(x.toFixed(1));

function frame(title: string, most: number, body: string, keys: readonly (readonly [string, string])[]): string {
  let at = LEFT;
  const legend = keys.map(([color, words]) => {
    const mark = `<rect x="${at}" y="186" width="10" height="10" fill="${color}"/><text x="${at + 14}" y="195">${words}</text>`;
    at += 30 + words.length * 6.4;
    return mark;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="sans-serif" font-size="11" fill="#333">
<title>${title}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="18" font-size="13">${title}</text>
<line x1="${LEFT}" y1="${BOTTOM}" x2="${WIDTH - 10}" y2="${BOTTOM}" stroke="#333"/>
<text x="${LEFT - 6}" y="${TOP + 8}" text-anchor="end">${percent(most)}</text>
<text x="${LEFT - 6}" y="${BOTTOM}" text-anchor="end">0</text>
${body}
${legend.join("\n")}
</svg>
`;
}

const height = (share: number, most: number) => (share / most) * (BOTTOM - TOP);

/** Part of all pots that went to each miner, beside its part of the base weights; what went elsewhere at the end. */
function bars(title: string, rest = "elsewhere"): Picture["draw"] {
  return ({ epochs }) => {
    const miners = new Map<string, { base: number; paid: number }>();
    let pot = 0;
    for (const epoch of epochs) {
      const sum = epoch.miners.reduce((total, { base }) => total + base, 0);
      pot += epoch.potRao;
      for (const { hotkey, base, paidRao } of epoch.miners) {
        const own = miners.get(hotkey) ?? { base: 0, paid: 0 };
        own.base += sum === 0 ? 0 : (base / sum) * epoch.potRao;
        own.paid += paidRao;
        miners.set(hotkey, own);
      }
    }
    const shown = [...miners]
      .map(([hotkey, { base, paid }]) => ({ hotkey, base: base / pot, paid: paid / pot }))
      .sort((a, b) => b.base - a.base);
    const left = Math.max(0, 1 - shown.reduce((sum, { paid }) => sum + paid, 0));
    const most = Math.max(...shown.flatMap(({ base, paid }) => [base, paid]), left);
    const slots = shown.length + (left > 0.0005 ? 1 : 0);
    const slot = (WIDTH - 10 - LEFT) / slots;
    const bar = (x: number, wide: number, share: number, color: string) =>
      `<rect x="${round(x)}" y="${round(BOTTOM - height(share, most))}" width="${round(wide)}" height="${round(height(share, most))}" fill="${color}"/>`;
    const body = shown.map(({ base, paid }, k) => {
      const x = LEFT + k * slot;
      return bar(x + slot * 0.1, slot * 0.38, base, GREY) + bar(x + slot * 0.5, slot * 0.38, paid, BLUE);
    });
    if (left > 0.0005) body.push(bar(LEFT + shown.length * slot + slot * 0.3, slot * 0.5, left, RED));
    return frame(title, most, body.join("\n"), [
      [GREY, "base weights alone"],
      [BLUE, "paid"],
      ...(left > 0.0005 ? ([[RED, `${rest}, ${percent(left)}`]] as const) : []),
    ]);
  };
}

interface Line {
  readonly color: string;
  readonly words: string;
  /** By epoch. */
  readonly values: readonly number[];
}

function lines(title: string, of: (run: GalleryRun) => readonly Line[], most?: number): Picture["draw"] {
  return (run) => {
    const all = of(run);
    const highest = most ?? Math.max(...all.flatMap(({ values }) => values));
    const count = run.epochs.length;
    const body = all.map(({ color, values }) => {
      const points = values.map(
        (value, epoch) => `${round(LEFT + ((epoch + 0.5) / count) * (WIDTH - 10 - LEFT))},${round(BOTTOM - height(value, highest))}`,
      );
      return `<polyline fill="none" stroke="${color}" stroke-width="1.6" points="${points.join(" ")}"/>`;
    });
    return frame(
      title,
      highest,
      body.join("\n"),
      all.map(({ color, words }) => [color, words] as const),
    );
  };
}

const shareOf = ({ epochs }: GalleryRun, hotkey: string, key: "base" | "share") =>
  epochs.map(({ miners }) => {
    const own = miners.find((miner) => miner.hotkey === hotkey)?.[key] ?? 0;
    return key === "share" ? own : own / miners.reduce((sum, { base }) => sum + base, 0);
  });
const baseAndPaid =
  (hotkey: string) =>
  (run: GalleryRun): readonly Line[] => [
    { color: GREY, words: "its share of the scores", values: shareOf(run, hotkey, "base") },
    { color: BLUE, words: "its share of the pay", values: shareOf(run, hotkey, "share") },
  ];
const toMiners = ({ epochs }: GalleryRun) =>
  epochs.map(({ miners, potRao }) => miners.reduce((sum, { paidRao }) => sum + paidRao, 0) / potRao);

export const PICTURES: readonly Picture[] = [
  { name: "winner-takes-all", draw: bars("Winner takes all: who was best on more days, takes more days whole") },
  {
    name: "softmax-windows",
    draw: lines("Softmax of averages over 10 and 3 days: one miner over 60 days", baseAndPaid("peers/miner-008")),
  },
  {
    name: "net-stake-bonus",
    sets: ["record.tables=all", "record.every_epochs=1"],
    draw: bars("Net stake: who sells earns a part, what is missing is burned", "burned"),
  },
  { name: "collateral-crown", draw: bars("Collateral crown: three with all that is required, three with half of it", "burned") },
  {
    name: "priced-budget",
    sets: ["record.tables=all", "record.every_epochs=1"],
    draw: lines("Priced budget: part of each pot that 4 TAO pay for, as the price moves", (run) => [
      { color: BLUE, words: "paid", values: toMiners(run) },
      { color: RED, words: "burned", values: toMiners(run).map((share) => 1 - share) },
    ]),
  },
  {
    name: "smoothed-ranks",
    sets: ["record.tables=all", "record.every_epochs=1"],
    draw: bars("Averaged ranks, no more than a tenth for anybody"),
  },
  {
    name: "two-pools",
    sets: ["record.tables=all", "record.every_epochs=1"],
    draw: lines("Two pools: the crown loses its collateral on day 5 and day 10", (run) => {
      const crown = run.epochs.map(({ miners }) =>
        miners.filter(({ hotkey }) => /^keepers-[12]$/.test(hotkey)).reduce((sum, { share }) => sum + share, 0),
      );
      return [
        { color: BLUE, words: "keepers-1 and keepers-2", values: crown },
        { color: GREY, words: "all others", values: toMiners(run).map((share, at) => share - crown[at]) },
      ];
    }),
  },
  { name: "best-and-rest", draw: bars("95 % for the best of the day, the rest by the logarithm of rank") },
  {
    name: "selling-penalty",
    draw: lines(
      "Timed penalty: what is left of a share after sales, over 20 days",
      ({ epochs }) =>
        ["peers/miner-016", "peers/miner-005"].map((hotkey, k) => ({
          color: [GREY, RED][k],
          words: ["a miner that trims", "one that sweeps"][k],
          values: epochs.map(({ miners }) => {
            const own = miners.find((miner) => miner.hotkey === hotkey);
            const sum = miners.reduce((total, { base }) => total + base, 0);
            return own === undefined || own.base === 0 ? 0 : own.share / (own.base / sum);
          }),
        })),
      1,
    ),
  },
  { name: "stake-tiers", draw: bars("Stake tiers: what is missing to a fifth goes to the treasury", "treasury") },
  { name: "sigmoid-decay", draw: lines("Sigmoid decay: one miner's pay between its works, over 60 days", baseAndPaid("peers/miner-010")) },
  { name: "last-champions", draw: lines("The last five champions share evenly: one of them over 60 days", baseAndPaid("peers/miner-004")) },
];

export async function picture({ name, sets = [], draw }: Picture): Promise<string> {
  return draw(await galleryRun(name, sets));
}
