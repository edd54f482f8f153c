// What all tests of one file share: a browser, the pages, a server.
import { after } from "node:test";

/** Like the context of a test, for a whole file: what is given to after() is done when its tests are. */
export function wholeFile() {
  const endings = [];
  after(async () => {
    for (const ending of endings.reverse()) await ending();
  });
  return { after: (ending) => endings.push(ending) };
}
