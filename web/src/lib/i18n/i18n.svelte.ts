/** Texts, times and numbers in the language of the person. What a template shows by these follows a change of language. */
import { recall, remember } from "../storage";
import { en } from "./en";
import type { Catalogue, NamesIn, TranslationOf } from "./types";

export type English = typeof en;
export type TextKey = keyof English;
export type Translation = TranslationOf<English>;

/** Each with its own name of itself. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const load: Record<Exclude<Language, "en">, () => Promise<Translation>> = {
  de: async () => (await import("./de")).de,
};

let current = $state.raw<{ language: Language; texts: Catalogue }>({ language: "en", texts: en });

/** The texts that have no names to fill in: these can be chosen at run time. */
export type PlainKey = { [K in TextKey]: [NamesIn<English[K]>] extends [never] ? K : never }[TextKey];

type Arguments<K extends TextKey> = [NamesIn<English[K]>] extends [never]
  ? []
  : [values: Record<NamesIn<English[K]>, string | number>];

/** The text of `key`, with `{names}` replaced by `values`; "count" chooses the plural form. */
export function t<K extends TextKey>(key: K, ...[values]: Arguments<K>): string {
  return fill(current.texts[key] ?? en[key], values, current.language);
}

function fill(text: Catalogue[string], values: Record<string, string | number> | undefined, language: Language): string {
  if (typeof text !== "string") {
    const form = new Intl.PluralRules(language).select(Number(values?.count ?? 0));
    text = form === "one" ? text.one : text.other;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values?.[name];
    return value === undefined ? whole : typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
  });
}

export const language = {
  get current(): Language {
    return current.language;
  },
  async choose(wanted: Language): Promise<void> {
    remember("language", wanted);
    await show(wanted);
  },
};

async function show(wanted: Language): Promise<void> {
  try {
    current = { language: wanted, texts: wanted === "en" ? en : await load[wanted]() };
  } catch {
    return; // offline: the language that is there stays
  }
  if (typeof document !== "undefined") document.documentElement.lang = wanted;
}

const isLanguage = (text: string | undefined): text is Language => text !== undefined && text in LANGUAGES;

/** Shows the language chosen on an earlier visit, else the first of the browser's that there is. */
export async function startLanguage(): Promise<void> {
  const preferred = [recall("language"), ...navigator.languages.map((tag) => tag.split("-")[0])];
  await show(preferred.find(isLanguage) ?? "en");
}

// --- times, numbers, lists ---

/** The person's own kind of the language that is shown, such as en-GB: it knows how times and numbers are written there. */
const locale = (): string =>
  (typeof navigator === "undefined" ? [] : (navigator.languages ?? [])).find((tag) => tag.split("-")[0] === current.language) ??
  current.language;

/** "14:05" */
export const clockTime = (time: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(time);

/** "Monday, 23 November" */
export const dayOf = (time: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long" }).format(time);

/** "23 Nov 2026, 14:05" */
export const dateTime = (time: number): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(time);

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** "in 3 hours", "2 minutes ago" */
export function relativeTime(time: number, now = Date.now()): string {
  const distance = time - now;
  const [unit, length] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? ["second", 1000];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(distance / length), unit);
}

/** "1.4 MB" */
export function fileSize(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}

export const numberText = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locale(), options).format(value);

/** "Ada, Bob and Cy" */
export const listOf = (names: string[]): string => new Intl.ListFormat(locale()).format(names);

/** In the order people expect of names and the like. */
export const compareText = (a: string, b: string): number => a.localeCompare(b, locale(), { sensitivity: "base", numeric: true });
