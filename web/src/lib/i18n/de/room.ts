import type { TranslationOf } from "../types";
import type { room as english } from "../en/room";

export const room: TranslationOf<typeof english> = {
};
