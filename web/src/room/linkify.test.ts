import { describe, expect, test } from "vitest";
import { linkify } from "./linkify";

const links = (text: string) => linkify(text).flatMap((piece) => (piece.href ? [[piece.text, piece.href]] : []));

describe("links in a text", () => {
  test.each([
    ["see https://example.org/a?b=c#d.", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"],
    ["(http://example.org)", "http://example.org", "http://example.org/"],
    ["https://en.wikipedia.org/wiki/T.120_(standard), yes", "https://en.wikipedia.org/wiki/T.120_(standard)", "https://en.wikipedia.org/wiki/T.120_(standard)"],
    ["www.example.org!", "www.example.org", "https://www.example.org/"],
    ["mailto:ada@example.org", "mailto:ada@example.org", "mailto:ada@example.org"],
  ])("%j has one", (text, shown, href) => {
    expect(links(text)).toEqual([[shown, href]]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "JaVaScRiPt://example.org/%0aalert(1)",
    "vbscript:x",
    "file:///etc/passwd",
    "https://bank.example@evil.example/",
    "https://",
    "nothing here",
  ])("%j has none that can be clicked", (text) => {
    expect(links(text)).toEqual([]);
  });

  test("what is left is the same text", () => {
    const text = '<img src=x onerror=alert(1)> https://a.example "b" www.c.example.\n\nd';
    expect(linkify(text).map((piece) => piece.text).join("")).toBe(text);
  });

  test("an address does not go on behind a character that turns the direction", () => {
    expect(links("https://a.example/\u202egpj.exe")).toEqual([["https://a.example/", "https://a.example/"]]);
  });

  test("a long text without end takes no time", () => {
    const started = performance.now();
    linkify("https://" + "(".repeat(20_000));
    linkify("www." + "a.".repeat(20_000));
    linkify(")".repeat(20_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
