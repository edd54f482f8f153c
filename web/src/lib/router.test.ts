import { describe, expect, test } from "vitest";
import { conferencePath, routeOf } from "./router.svelte";

describe("the way to a page", () => {
  test("leads to the lobby, a conference and the admin page", () => {
    expect(routeOf("/")).toEqual({ page: "lobby" });
    expect(routeOf("/admin")).toEqual({ page: "admin" });
    expect(routeOf("/c/weekly")).toEqual({ page: "room", conference: "weekly" });
  });

  test("has the secret of an invitation in the fragment only", () => {
    expect(routeOf("/c/weekly", "#s3cret")).toEqual({ page: "room", conference: "weekly", invitation: "s3cret" });
    expect(new URL(conferencePath("weekly", "s3cret"), "https://host").pathname).toBe("/c/weekly");
  });

  test.each(["weekly", "Team / Süd", "100%", "a#b?c", "<script>"])("comes back from the link to %s", (name) => {
    const url = new URL(conferencePath(name, "a b#c"), "https://host");
    expect(routeOf(url.pathname, url.hash)).toEqual({ page: "room", conference: name, invitation: "a b#c" });
  });

  test.each(["/c/", "/c/a/b", "/else", "/c/%E0%A4%A"])("does not exist for %s", (path) => {
    expect(routeOf(path)).toEqual({ page: "notFound" });
  });
});
