/** What a refusal means for the person, and what can be done about it. */
import { ApiError } from "../entry/api";
import { t } from "./i18n/i18n.svelte";
import type { IconName } from "./ui/icons";

export interface ProblemTexts {
  code: ApiError["code"];
  title: string;
  hint: string;
  icon: IconName;
  /** Whether the same may succeed a little later. */
  mayPass: boolean;
}

const ICON: Partial<Record<ApiError["code"], IconName>> = {
  notFound: "search",
  locked: "lock",
  full: "people",
  expired: "clock",
  usedUp: "link",
  revoked: "link",
  passwordNeeded: "key",
  passwordWrong: "key",
  forbidden: "turnAway",
  tooMany: "clock",
  unavailable: "offline",
};
const PASSING: ApiError["code"][] = ["locked", "full", "tooMany", "unavailable", "unauthorized", "notFound"];

export function problemTexts(error: unknown): ProblemTexts {
  const code = error instanceof ApiError ? error.code : "unavailable";
  return {
    code,
    title: t(`refused.${code}`),
    hint: t(`refused.${code}Hint`),
    icon: ICON[code] ?? "warning",
    mayPass: PASSING.includes(code),
  };
}
