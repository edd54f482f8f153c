import type { TranslationOf } from "../types";
import type { lobby as english } from "../en/lobby";

export const lobby: TranslationOf<typeof english> = {
};
