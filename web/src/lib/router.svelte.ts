/** Which page is shown: a path, and nothing of the fragment, where the secrets of invitations stay. */
export type Route =
  | { page: "lobby" }
  | { page: "room"; conference: string; invitation?: string }
  | { page: "admin" }
  | { page: "notFound" };

/** What `pathname` and `hash` of a location lead to. */
export function routeOf(pathname: string, hash = ""): Route {
  if (pathname === "/" || pathname === "/index.html") return { page: "lobby" };
  if (pathname === "/admin" || pathname === "/admin/") return { page: "admin" };
  const conference = /^\/c\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (conference === undefined) return { page: "notFound" };
  try {
    const invitation = decodeURIComponent(hash.replace(/^#/, ""));
    return { page: "room", conference: decodeURIComponent(conference), ...(invitation ? { invitation } : {}) };
  } catch {
    return { page: "notFound" }; // a wrong %XX
  }
}

/** The way to a conference; `invitation` goes into the fragment, which browsers tell nobody. */
export const conferencePath = (conference: string, invitation?: string): string =>
  `/c/${encodeURIComponent(conference)}${invitation ? `#${encodeURIComponent(invitation)}` : ""}`;

const here = (): Route => routeOf(location.pathname, location.hash);

let route = $state.raw<Route>({ page: "lobby" });

export const router = {
  get route(): Route {
    return route;
  },
  go(path: string): void {
    history.pushState(null, "", path);
    route = here();
    scrollTo(0, 0);
  },
};

/** Begins with the address of the page; links and the buttons of the browser are followed from now on. */
export function startRouter(): void {
  route = here();
  addEventListener("popstate", () => (route = here()));
  addEventListener("hashchange", () => (route = here()));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || routeOf(url.pathname).page === "notFound") return;
    event.preventDefault();
    router.go(url.pathname + url.hash);
  });
}
