import type { TranslationOf } from "../types";
import type { board as english } from "../en/board";

export const board: TranslationOf<typeof english> = {
};
