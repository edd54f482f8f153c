import { expect, test } from "vitest";
import { sample } from "./metrics";

const TEXT = `# HELP convene_octets_total Octets.
# TYPE convene_octets_total counter
convene_octets_total{direction="in"} 12
convene_octets_total{direction="out"} 3.5e+06
convene_open{kind="websocket",tls="yes"} 2
convene_uptime_seconds 17.25
`;

test("a metric is found by its name and labels", () => {
  expect(sample(TEXT, "convene_octets_total", { direction: "in" })).toBe(12);
  expect(sample(TEXT, "convene_octets_total", { direction: "out" })).toBe(3_500_000);
  expect(sample(TEXT, "convene_open", { kind: "websocket" })).toBe(2);
  expect(sample(TEXT, "convene_uptime_seconds")).toBe(17.25);
});

test("one that is not there is 0", () => {
  expect(sample(TEXT, "convene_uptime")).toBe(0);
  expect(sample(TEXT, "convene_octets_total", { direction: "up" })).toBe(0);
});
