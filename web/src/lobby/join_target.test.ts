import { expect, test } from "vitest";
import { joinTarget } from "./join_target";

const ORIGIN = "https://meet.example:8443";

test.each([
  ["Weekly", { conference: "Weekly" }],
  ["  Team / South ", { conference: "Team / South" }],
  [`${ORIGIN}/c/Weekly`, { conference: "Weekly" }],
  [`${ORIGIN}/c/Team%20South#s3cret`, { conference: "Team South", invitation: "s3cret" }],
  ["meet.example:8443/c/Weekly", { conference: "Weekly" }],
])("%j leads to %j", (text, target) => {
  expect(joinTarget(text, ORIGIN)).toEqual(target);
});

test.each(["", "  ", "..", "https://elsewhere.example/c/Weekly", `${ORIGIN}/admin`, "https://", "javascript://x/c/y"])(
  "%j leads nowhere",
  (text) => {
    expect(joinTarget(text, ORIGIN)).toBeUndefined();
  },
);
