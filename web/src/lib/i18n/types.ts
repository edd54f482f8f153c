/** A text that depends on `{count}`. Languages with more forms than these two add theirs here. */
export interface Plural {
  one: string;
  other: string;
}
export type Catalogue = Record<string, string | Plural>;

/** The same texts in another language: a missing or unknown key does not compile. */
export type TranslationOf<T extends Catalogue> = { [K in keyof T]: T[K] extends string ? string : Plural };

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** The names in braces of a text: "{name} left" has "name". */
export type NamesIn<T> = T extends string ? Names<T> : T extends Plural ? "count" | Names<T["other"]> : never;
