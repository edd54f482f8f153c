import { describe, expect, test } from "vitest";
import { ReceivedFile } from "./received_file";

const octets = (...values: number[]) => new Uint8Array(values);
const all = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())];

describe("a file that arrives", () => {
  test("is what was written", async () => {
    const file = new ReceivedFile();
    file.write(0, octets(1, 2, 3));
    file.write(3, octets(4));
    expect(await all(file.take(4))).toEqual([1, 2, 3, 4]);
    expect(await all(file.take(2))).toEqual([1, 2]);
  });

  test("begins anew where it is written again", async () => {
    const file = new ReceivedFile();
    file.write(0, octets(1, 2, 3));
    file.write(1, octets(7));
    file.write(2, octets(8, 9));
    expect(await all(file.take(4))).toEqual([1, 7, 8, 9]);
  });

  test("has no holes", () => {
    const file = new ReceivedFile();
    file.write(0, octets(1));
    expect(() => file.write(2, octets(3))).toThrow();
  });
});
