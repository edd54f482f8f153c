// What is exported is what is on the screen, in every format.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { temporaryFolder } from "../harness/folders.mjs";
import { boards } from "./stand.mjs";

/** Of the pixels of one picture, how many are clearly not like those of another; edges are smoothed in many ways. */
const MOST_DIFFERENT = 0.012;

describe("exports of a page", () => {
  const open = boards();

  /** A page with everything that differs between formats. */
  async function furnished(t) {
    const board = await open(t, "mock");
    const { page } = board;
    await page.waitForTimeout(300);
    await page.evaluate(async () => {
      const id = session.board.currentPage();
      const style = { pen: "#e03131", fill: "#d3f9d8", thickness: 7, nib: "square", pattern: "dash-dot", highlight: false };
      const box = (x, y, w = 120, h = 60) => [{ x, y }, { x: x + w, y: y + h }];
      const drawn = await session.board.draw(id, { shape: "rectangle", style, points: box(420, 560) });
      await session.board.transform([{ id: drawn.items[0], box: { x: 420, y: 560, width: 120, height: 60 }, degrees: 30 }]);
      await session.board.draw(id, { shape: "ellipse", style: { ...style, pattern: "two-tone", nib: "circular" }, points: box(600, 560) });
      await session.board.draw(id, { shape: "closed", style: { ...style, fill: "none", pattern: "dotted" }, points: [{ x: 780, y: 560 }, { x: 900, y: 640 }, { x: 760, y: 660 }] });
      await session.board.draw(id, { shape: "point", style: { ...style, nib: "circular", thickness: 20, pattern: "solid" }, points: [{ x: 960, y: 600 }] });
      await session.board.write(id, { text: "a <b> & “c”\nünder", at: { x: 60, y: 600 }, color: "#1971c2", background: "#fff3bf", font: { face: "sans-serif", size: 30, bold: true, italic: true, underline: true } });
      const canvas = Object.assign(document.createElement("canvas"), { width: 80, height: 60 });
      const on = canvas.getContext("2d");
      on.fillStyle = "#4c6ef5";
      on.fillRect(0, 0, 80, 60);
      on.clearRect(20, 15, 40, 30);
      await session.board.putPicture(id, await new Promise((done) => canvas.toBlob(done)), { x: 250, y: 600, width: 120, height: 90 });
    });
    await page.waitForTimeout(200);
    return board;
  }

  async function saved(board, name, folder) {
    const { page } = board;
    await page.getByRole("button", { name: "Export this page" }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("menuitem", { name }).click();
    const download = await coming;
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** The share of pixels that differ, and how large the pictures are. */
  async function difference(board, one, other) {
    const urls = [one, other].map((path) => `data:image/png;base64,${readFileSync(path).toString("base64")}`);
    return board.page.evaluate(async (urls) => {
      const pixels = async (url, size) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        const { width, height } = size ?? bitmap;
        const on = new OffscreenCanvas(width, height).getContext("2d");
        on.imageSmoothingQuality = "high";
        on.drawImage(bitmap, 0, 0, width, height);
        return { data: on.getImageData(0, 0, width, height).data, width, height };
      };
      const b = await pixels(urls[1]);
      const a = await pixels(urls[0], b);
      let different = 0;
      for (let at = 0; at < a.data.length; at += 4) {
        const far = Math.max(...[0, 1, 2].map((part) => Math.abs(a.data[at + part] - b.data[at + part])));
        if (far > 96) different++;
      }
      return different / (a.data.length / 4);
    }, urls);
  }

  test("PNG, SVG and PDF show the same", async (t) => {
    const board = await furnished(t);
    const folder = temporaryFolder(t);
    const png = await saved(board, "Picture (PNG)", folder);
    const svg = await saved(board, "Drawing (SVG)", folder);
    const pdf = await saved(board, "Document (PDF)", folder);
    const text = readFileSync(svg, "utf8");
    assert.match(text, /a &lt;b&gt; &amp; “c”/);
    execFileSync("rsvg-convert", ["-z", "2", "-o", join(folder, "svg.png"), svg]);
    execFileSync("pdftocairo", ["-png", "-singlefile", "-r", "192", pdf, join(folder, "pdf")]);
    const bySvg = await difference(board, join(folder, "svg.png"), png);
    assert.ok(bySvg < MOST_DIFFERENT, `SVG differs in ${bySvg}`);
    const byPdf = await difference(board, join(folder, "pdf.png"), png);
    assert.ok(byPdf < MOST_DIFFERENT, `PDF differs in ${byPdf}`);
    const words = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" });
    assert.match(words, /Release plan/);
    assert.match(words, /Design/);
  });

  test("PNG is what the screen shows", async (t) => {
    const board = await furnished(t);
    const { page } = board;
    const folder = temporaryFolder(t);
    const png = await saved(board, "Picture (PNG)", folder);
    // The others' cursors are no part of the page.
    await page.evaluate(() => session.conference.sessions.slice(1).forEach((one) => one.board.setPresence(undefined)));
    await board.tool("Control+0");
    await page.evaluate(() => document.querySelectorAll(".tools, .row, .notes").forEach((bar) => bar.remove()));
    await page.setViewportSize({ width: 1200, height: 900 });
    await board.tool("Shift+1");
    await page.waitForTimeout(400);
    const [left, top] = await board.screen(0, 0);
    const [right, bottom] = await board.screen(1024, 768);
    const shot = join(folder, "screen.png");
    writeFileSync(shot, await page.screenshot({ clip: { x: Math.round(left), y: Math.round(top), width: Math.round(right - left), height: Math.round(bottom - top) } }));
    const share = await difference(board, png, shot);
    assert.ok(share < MOST_DIFFERENT, `they differ in ${share}`);
  });
});
