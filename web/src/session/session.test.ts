import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Drawing, Outcome } from "./api";
import { type Person, person, until } from "./testing/person";
import { program, Terminal, TestServer, wasm } from "./testing/programs";

const conference = "lobby"; // the one that every server has

const stroke: Omit<Drawing, "kind"> = {
  shape: "open",
  style: { pen: "#1971c2", fill: "none", thickness: 4, nib: "circular", pattern: "solid", highlight: false },
  points: Array.from({ length: 60 }, (_, i) => ({ x: 10 * i, y: (i * i) % 97 })),
};

const first = (outcome: Outcome): number => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.why}`);
  return outcome.items[0] ?? 0;
};

// The server and the WebAssembly are built by the C++ build; without them there is nothing to test here.
describe.skipIf(!program || !wasm)("a session in WebAssembly, with a server", { timeout: 60_000 }, () => {
  const server = new TestServer();
  const people: Person[] = [];
  const terminals: Terminal[] = [];

  /** All tests are in one conference, one after the other. */
  const join = async (name: string) => {
    const one = await person(server.port, conference, name);
    people.push(one);
    await until(() => one.session.status.phase === "joined" && one.session.status.converged, `${name} has joined`);
    return one;
  };
  const terminal = async (name: string, directory?: string) => {
    const one = new Terminal(server, conference, name, directory);
    terminals.push(one);
    await until(() => one.all("joined").length > 0, `${name} has joined`);
    return one;
  };

  beforeAll(() => server.start());
  afterEach(async () => {
    for (const one of people.splice(0)) one.stop();
    await Promise.all(terminals.splice(0).map((one) => one.leave()));
  });
  afterAll(async () => {
    await server.stop();
    server.remove();
  });

  test("joins, and sees who is there", async () => {
    const ada = await join("Ada");
    const bob = await terminal("Bob");
    await until(() => ada.session.people().some((one) => one.name === "Bob"), "Bob is in the roster");
    const self = ada.session.people().find((one) => one.isSelf);
    expect(self).toMatchObject({ name: "Ada", node: ada.session.self, handRaised: false });
    expect(ada.session.people().some((one) => one.isServer && one.applications.includes("memory"))).toBe(true);
    ada.session.raiseHand(true);
    await until(() => ada.session.people().find((one) => one.isSelf)?.handRaised, "the hand is up");
    await bob.leave();
    await until(() => !ada.session.people().some((one) => one.name === "Bob"), "Bob is gone");
  });

  test("talks with a terminal, privately too, and knows what is kept", async () => {
    const ada = await join("Ada");
    const bob = await terminal("Bob");
    await until(() => ada.session.people().find((one) => one.name === "Bob")?.applications.includes("chat"), "Bob chats");
    const before = ada.session.chat.lines().length;
    ada.session.chat.say("hello <b>Bob</b>");
    await until(() => bob.all("chat").some((line) => line.text === "hello <b>Bob</b>"), "Bob has heard it");
    bob.type("hello Ada");
    const answer = await until(() => ada.session.chat.lines().find((line) => line.text === "hello Ada"), "Ada has heard it");
    expect(answer).toMatchObject({ name: "Bob", isSelf: false, private: false });
    const node = ada.session.people().find((one) => one.name === "Bob")?.node ?? 0;
    expect(await ada.session.chat.sayPrivately(node, "psst")).toBe(true);
    await until(() => bob.events.some((event) => event.text === "psst"), "Bob alone has heard it");
    await until(() => ada.session.chat.lines()[before]?.saved, "the line is safe");
    const late = await join("Late");
    await until(() => late.session.chat.lines().some((line) => line.isHistory && line.text === "hello Ada"), "the history");
    expect(late.session.chat.lines().some((line) => line.text === "psst")).toBe(false);
  });

  test("draws for others and late joiners, undoes, turns pages", async () => {
    const ada = await join("Ada");
    const grace = await join("Grace");
    const page = first(await ada.session.board.addPage());
    const drawn = first(await ada.session.board.draw(page, stroke));
    const mine = ada.session.board.object(drawn);
    expect(mine, "the promise comes after the mirror").toMatchObject({ kind: "drawing", points: stroke.points, page });
    const theirs = await until(() => grace.session.board.object(drawn), "Grace sees it");
    expect(theirs).toMatchObject({ kind: "drawing", shape: "open", style: stroke.style, author: ada.session.self });
    await until(() => grace.session.board.currentPage() === page, "Grace is on that page");

    const second = first(await grace.session.board.addPage("#fff9db"));
    await until(() => ada.session.board.currentPage() === second, "Ada has turned");
    expect(ada.session.board.canUndo).toBe(true);
    await ada.session.board.undo();
    await until(() => !grace.session.board.object(drawn), "Grace sees the undo");
    await ada.session.board.redo();
    await until(() => grace.session.board.object(drawn), "Grace sees the redo");

    const late = await join("Late");
    expect(late.session.board.object(drawn)).toMatchObject({ kind: "drawing", points: stroke.points });
    expect(late.session.board.pages().map((one) => one.id)).toEqual(ada.session.board.pages().map((one) => one.id));
  });

  test("changes, stacks and copies what is there", async () => {
    const ada = await join("Ada");
    const grace = await join("Grace");
    const { board } = ada.session;
    const page = first(await board.addPage());
    const a = first(await board.draw(page, stroke));
    const b = first(await board.draw(page, { ...stroke, shape: "rectangle", points: [{ x: 0, y: 0 }, { x: 40, y: 20 }] }));
    const text = first(
      await board.write(page, {
        text: "Grüße\n你好",
        at: { x: 5, y: 5 },
        color: "#000000",
        background: "none",
        font: { face: "sans-serif", size: 20, bold: false, italic: false, underline: false },
      }),
    );
    const order = () => grace.session.board.objectsOf(page).map((one) => one.id);
    await until(() => order().length === 3, "Grace has all three");
    expect(order()).toEqual([a, b, text]);
    await board.stack([a], "forward");
    await until(() => order().join() === [b, a, text].join(), "one step up");
    await board.transform([{ id: b, box: { x: 100, y: 100, width: 80, height: 60 }, degrees: 30 }]);
    const turned = await until(() => {
      const one = grace.session.board.object(b);
      return one?.kind === "drawing" && one.rotation && one;
    }, "it is turned");
    expect(turned).toMatchObject({
      points: [{ x: 100, y: 100 }, { x: 180, y: 160 }],
      rotation: { degrees: 30, axis: { x: 140, y: 130 } },
    });
    await board.setFont(text, { bold: true, size: 32 });
    await board.rewrite(text, "new");
    await until(() => {
      const one = grace.session.board.object(text);
      return one?.kind === "text" && one.text === "new" && one.font.bold && one.font.size === 32;
    }, "the text is new");
    const copies = await board.duplicate([a, b], page, { x: 10, y: 10 });
    expect(copies.ok && copies.items).toHaveLength(2);
    await until(() => order().length === 5, "the copies are there");
    await board.clearPage(page);
    await until(() => order().length === 0, "all is gone");
    await board.undo();
    await until(() => order().length === 5, "all is back");
  });

  test("keeps what is drawn while the network is gone", async () => {
    const ada = await join("Ada");
    const grace = await join("Grace");
    const page = first(await ada.session.board.addPage());
    await until(() => grace.session.board.pages().some((one) => one.id === page), "Grace has the page");
    await until(() => ada.session.status.unsaved === 0, "all is safe");
    await server.stop();
    await until(() => ada.session.status.phase === "reconnecting", "the connection is lost");
    const drawn = first(await ada.session.board.draw(page, stroke));
    expect(ada.session.board.object(drawn)).toBeDefined();
    ada.session.chat.say("while it was away");
    await until(() => ada.session.status.unsaved > 0, "it says so");
    await server.start();
    ada.session.reconnect();
    grace.session.reconnect();
    await until(() => ada.session.status.phase === "joined" && ada.session.status.unsaved === 0, "it is back", 40_000);
    await until(() => grace.session.board.object(drawn), "Grace has it", 40_000);
    await until(() => grace.session.chat.lines().some((line) => line.text === "while it was away"), "Grace has heard it");
  });

  test("tells where one is", async () => {
    const ada = await join("Ada");
    const grace = await join("Grace");
    const page = first(await ada.session.board.addPage());
    const presence = { page, view: { x: 0, y: 0, width: 800, height: 600 }, cursor: { x: 4, y: 5 }, laser: false, busy: true };
    ada.session.board.setPresence(presence);
    const find = (name: string) => grace.session.people().find((one) => one.name === name);
    await until(() => find("Ada")?.presence?.busy, "Grace knows");
    expect(find("Ada")?.presence).toEqual(presence);
    const late = await join("Late");
    await until(() => late.session.people().find((one) => one.name === "Ada")?.presence, "who comes late is told");
    ada.session.board.setPresence(undefined);
    await until(() => !find("Ada")?.presence, "it is over");
  });

  test("sends files to a terminal, and takes them", async () => {
    const directory = mkdtempSync("/tmp/convene-session-");
    const ada = await join("Ada");
    const bob = await terminal("Bob", directory);
    await until(() => ada.session.people().find((one) => one.name === "Bob")?.applications.includes("files"), "Bob takes files");
    const octets = new Uint8Array(700_000).map((_, i) => (i * i) >> 5);
    await ada.session.files.send(new File([octets], "report.bin", { lastModified: 1_700_000_000_000 }));
    const offered = await until(() => bob.all("file-offered")[0], "Bob is offered it");
    bob.type(`/accept ${String(offered.file)}`);
    await until(() => bob.all("file-received").length > 0, "Bob has it");
    expect(readFileSync(`${directory}/report.bin`)).toEqual(expect.objectContaining({ length: octets.length }));
    await until(() => ada.session.files.transfers().some((one) => one.state === "done" && one.direction === "out"), "Ada knows");

    writeFileSync(`${directory}/answer.txt`, new TextEncoder().encode("well done"));
    bob.type(`/send ${directory}/answer.txt`);
    const offer = await until(() => ada.session.files.transfers().find((one) => one.state === "offered"), "Ada is offered it");
    expect(offer).toMatchObject({ name: "answer.txt", size: 9, fromName: "Bob", private: false });
    ada.session.files.accept(offer.id);
    const done = await until(
      () => ada.session.files.transfers().find((one) => one.id === offer.id && one.state === "done"),
      "Ada has it",
    );
    expect(done.verified).toBe(true);
    expect(done.type).toBe("text/plain");
    expect(await (await fetch(done.url ?? "")).text()).toBe("well done");

    // What was sent stands on the shelf when it is safely stored.
    const shelf = await until(() => {
      ada.session.files.askShelf();
      return ada.session.files.shelf().length >= 2 && ada.session.files.shelf();
    }, "the shelf");
    expect(shelf.map((one) => one.name)).toEqual(expect.arrayContaining(["report.bin", "answer.txt"]));
    ada.session.files.fetch("report.bin");
    const fetched = await until(
      () => ada.session.files.transfers().find((one) => one.name === "report.bin" && one.direction === "in" && one.state === "done"),
      "it is fetched",
    );
    expect((await (await fetch(fetched.url ?? "")).arrayBuffer()).byteLength).toBe(octets.length);
    rmSync(directory, { recursive: true, force: true });
  });

  test("leaves", async () => {
    const ada = await join("Ada");
    const grace = await join("Grace");
    await ada.session.leave();
    expect(ada.session.status.phase).toBe("left");
    expect(await ada.session.board.undo()).toEqual({ ok: false, why: "offline" });
    await until(() => !grace.session.people().some((one) => one.name === "Ada"), "Ada is gone");
  });
});
