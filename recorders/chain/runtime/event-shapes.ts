/** What the recorder takes of an event. Accounts are hex, amounts are rao. */
export interface EventFields {
  readonly coldkey?: string;
  readonly hotkey?: string;
  readonly netuid?: number;
  readonly toColdkey?: string;
  readonly toHotkey?: string;
  readonly toNetuid?: number;
  readonly uid?: number;
  readonly alphaRao?: bigint;
  readonly taoRao?: bigint;
  readonly feeRao?: bigint;
  readonly amountsRao?: readonly bigint[];
}
export type EventField = keyof EventFields;

const TYPES: Readonly<Record<EventField, string>> = {
  coldkey: "AccountId32",
  hotkey: "AccountId32",
  toColdkey: "AccountId32",
  toHotkey: "AccountId32",
  netuid: "u16",
  toNetuid: "u16",
  uid: "u16",
  alphaRao: "u64",
  taoRao: "u64",
  feeRao: "u64",
  amountsRao: "Vec<u64>",
};

/** A known form of an event: its fields in order. A field that is not needed is named by its type in angle brackets. */
export type EventForm = readonly (EventField | `<${string}>`)[];

export interface WantedEvent {
  readonly forms: readonly EventForm[];
  /** How the metadata names the fields, where it does; then other fields may stand between and behind them. */
  readonly names?: Readonly<Partial<Record<EventField, string>>>;
  /** Fields that some runtimes leave out. */
  readonly optional?: readonly EventField[];
  /**
   * It names an amount, or who sits where. Such an event in an unknown form stops the recording. The others only say where to
   * look; what they change is found at the next edge in any case, as unexplained.
   */
  readonly essential?: true;
}

/**
 * The forms that StakeAdded and StakeRemoved have had: up to spec 219 without coldkey and subnet; 233 to 252 (and 218 of the
 * development network) without a fee; from 257 with one.
 */
const STAKE_CHANGE: WantedEvent = {
  essential: true,
  forms: [
    ["hotkey", "taoRao"],
    ["coldkey", "hotkey", "taoRao", "alphaRao", "netuid"],
    ["coldkey", "hotkey", "taoRao", "alphaRao", "netuid", "feeRao"],
  ],
};
const ALPHA_GONE: WantedEvent = { essential: true, forms: [["coldkey", "hotkey", "alphaRao", "netuid"]] };
const LIQUIDITY: WantedEvent = { forms: [], names: { coldkey: "coldkey", hotkey: "hotkey", netuid: "netuid" } };

/** The events that the recorder reads, by pallet and name. Everything else is passed over. */
export const WANTED_EVENTS: Readonly<Record<string, Readonly<Record<string, WantedEvent>>>> = {
  TransactionPayment: { TransactionFeePaid: { forms: [["coldkey", "<u64>", "<u64>"]] } },
  SubtensorModule: {
    StakeAdded: STAKE_CHANGE,
    StakeRemoved: STAKE_CHANGE,
    StakeMoved: {
      essential: true,
      forms: [
        ["coldkey", "hotkey", "netuid", "toHotkey", "toNetuid"],
        ["coldkey", "hotkey", "netuid", "toHotkey", "toNetuid", "taoRao"],
      ],
    },
    StakeTransferred: { essential: true, forms: [["coldkey", "toColdkey", "hotkey", "netuid", "toNetuid", "taoRao"]] },
    StakeSwapped: { essential: true, forms: [["coldkey", "hotkey", "netuid", "toNetuid", "taoRao"]] },
    AlphaRecycled: ALPHA_GONE,
    AlphaBurned: ALPHA_GONE,
    NeuronRegistered: { essential: true, forms: [["netuid", "uid", "hotkey"]] },
    NetworkRemoved: { essential: true, forms: [["netuid"]] },
    HotkeySwapped: { essential: true, forms: [], names: { coldkey: "coldkey", hotkey: "old_hotkey", toHotkey: "new_hotkey" } },
    HotkeySwappedOnSubnet: {
      essential: true,
      forms: [],
      names: { coldkey: "coldkey", hotkey: "old_hotkey", toHotkey: "new_hotkey", netuid: "netuid" },
    },
    ColdkeySwapped: { essential: true, forms: [], names: { coldkey: "old_coldkey", toColdkey: "new_coldkey" } },
    RootClaimed: { forms: [["coldkey"]], names: { coldkey: "coldkey" } },
    AutoStakeAdded: {
      forms: [],
      names: { netuid: "netuid", toHotkey: "destination", hotkey: "hotkey", coldkey: "owner", alphaRao: "incentive" },
    },
    IncentiveAlphaEmittedToMiners: { forms: [], names: { netuid: "netuid", amountsRao: "emissions" } },
    TransactionFeePaidWithAlpha: { forms: [], names: { coldkey: "who", netuid: "netuid" }, optional: ["netuid"] },
    SubnetLeaseDividendsDistributed: { forms: [], names: { coldkey: "contributor" } },
    SetChildren: { forms: [["hotkey", "netuid", "<Vec<(u64, AccountId32)>>"]] },
  },
  Swap: { LiquidityAdded: LIQUIDITY, LiquidityRemoved: LIQUIDITY, LiquidityModified: LIQUIDITY },
};

/** A field of an event as a runtime declares it. */
export interface DeclaredField {
  readonly name: string | undefined;
  /** In the words of `ScaleType.name`. */
  readonly type: string;
}

/** Which declared field holds what. */
export type FieldPlaces = readonly { readonly field: EventField; readonly index: number }[];

/** Finds the known form that a declaration has; undefined when it has none. */
export function placesOf(wanted: WantedEvent, declared: readonly DeclaredField[]): FieldPlaces | undefined {
  if (wanted.names !== undefined && declared.some(({ name }) => name !== undefined)) return placesByName(wanted, declared);
  const form = wanted.forms.find(
    (one) => one.length === declared.length && one.every((part, index) => typeOf(part) === declared[index].type),
  );
  return form?.flatMap((part, index) => (isField(part) ? [{ field: part, index }] : []));
}

function placesByName({ names = {}, optional = [] }: WantedEvent, declared: readonly DeclaredField[]): FieldPlaces | undefined {
  const places = Object.entries(names).map(([name, declaredName]) => {
    const field = name as EventField;
    return { field, index: declared.findIndex((one) => one.name === declaredName && one.type === TYPES[field]) };
  });
  const found = places.filter(({ index }) => index !== -1);
  return places.every(({ field, index }) => index !== -1 || optional.includes(field)) ? found : undefined;
}

function isField(part: EventForm[number]): part is EventField {
  return !part.startsWith("<");
}

function typeOf(part: EventForm[number]): string {
  return isField(part) ? TYPES[part] : part.slice(1, -1);
}

/** A declaration in words: `(AccountId32, u64)`. */
export function formWords(declared: readonly DeclaredField[]): string {
  return `(${declared.map(({ name, type }) => (name === undefined ? type : `${name}: ${type}`)).join(", ")})`;
}

/** The known forms in words. */
export function knownForms({ forms, names }: WantedEvent): string {
  const words = forms.map((form) => `(${form.map(typeOf).join(", ")})`);
  if (names !== undefined) {
    words.push(
      `(${Object.entries(names)
        .map(([field, name]) => `${name}: ${TYPES[field as EventField]}`)
        .join(", ")})`,
    );
  }
  return words.join(" or ");
}
