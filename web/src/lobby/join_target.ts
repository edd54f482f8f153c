import { routeOf } from "../lib/router.svelte";

export interface JoinTarget {
  conference: string;
  invitation?: string;
}

/** What somebody means who enters the name of a conference, or a link to one on this server (`origin`). */
export function joinTarget(text: string, origin: string): JoinTarget | undefined {
  const wanted = text.trim();
  if (wanted === "" || wanted === "." || wanted === "..") return undefined;
  const { host } = new URL(origin);
  const link = /^[a-z][a-z0-9+.-]*:\/\//i.test(wanted) ? wanted : wanted.startsWith(`${host}/`) ? `${origin.split(host)[0]}${wanted}` : undefined;
  if (link === undefined) return { conference: wanted };
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  const route = routeOf(url.pathname, url.hash);
  if (url.host !== host || route.page !== "room") return undefined;
  return { conference: route.conference, ...(route.invitation ? { invitation: route.invitation } : {}) };
}
