import type { TranslationOf } from "../types";
import type { admin as english } from "../en/admin";

export const admin: TranslationOf<typeof english> = {
};
