#!/usr/bin/env python3
"""Turns test vectors in ASN.1 value notation into the JSON of src/asn1/json.hpp.

    make_vectors.py SOURCE.json > vectors-t12x.json

SOURCE is a list of objects with name, module, type, rule, value (value notation), hex and note. Vectors of whole frames
(rule "frame") are left out: t123's tests have them. Long runs of octets that go up by 7, as FILL(n,s) makes them, are
written {n,s}, in values and in encodings alike.
"""
import json
import re
import sys

TOKEN = re.compile(r"""\s*(?:
    (?P<fill>FILL\(\d+,\s*\d+\)) | (?P<u16>U16\{[0-9a-fA-F\s]*\}) | '(?P<octets>[0-9A-Fa-f\s]*)'H
  | "(?P<text>(?:[^"]|"")*)" | (?P<number>-?\d+) | (?P<name>[A-Za-z][A-Za-z0-9-]*) | (?P<mark>[{}:,]))""", re.X)
SHORTEST_RUN = 48



def tokens(text):
    at, out = 0, []
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError("cannot read: " + text[at:at + 40])
        out.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return out


def fill(count, start):
    return bytes((start + 7 * i) % 256 for i in range(count))


class Parser:
    def __init__(self, text):
        self.tokens, self.at = tokens(text), 0

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else (None, None)

    def take(self, kind=None, value=None):
        token = self.peek()
        if (kind and token[0] != kind) or (value and token[1] != value):
            raise ValueError("expected %s, found %s" % (value or kind, token))
        self.at += 1
        return token[1]

    def value(self):
        kind, text = self.peek()
        if kind == "mark":
            return self.braces()
        self.at += 1
        if kind == "fill":
            return fill(*map(int, re.findall(r"\d+", text))).hex()
        if kind == "u16":
            units = re.findall(r"[0-9a-fA-F]{4}", text)
            return bytes.fromhex("".join(units)).decode("utf-16-be")
        if kind == "octets":
            return re.sub(r"\s", "", text).lower()
        if kind == "text":
            return text.replace('""', '"')
        if kind == "number":
            return int(text)
        if self.peek() == ("mark", ":"):
            self.take()
            return {text: self.value()}
        return {"TRUE": True, "FALSE": False, "NULL": None}.get(text, text)

    def braces(self):
        self.take("mark", "{")
        if self.peek() == ("mark", "}"):
            self.take()
            return {}  # an empty SEQUENCE or list; JSON reading takes it for either
        first, second = self.peek(), self.peek(1)
        if first[0] == "number" and second[0] == "number":
            arcs = []
            while self.peek()[0] == "number":
                arcs.append(self.take())
            self.take("mark", "}")
            return ".".join(arcs)
        is_member = first[0] == "name" and first[1] not in ("TRUE", "FALSE", "NULL") and second not in (
            ("mark", ":"), ("mark", ","), ("mark", "}"))
        out = {} if is_member else []
        while True:
            if is_member:
                name = self.take("name")
                out[name] = self.value()
            else:
                out.append(self.value())
            if self.peek() == ("mark", "}"):
                self.take()
                return out
            self.take("mark", ",")


def shorten(hexadecimal):
    octets, out, at = bytes.fromhex(hexadecimal), [], 0
    while at < len(octets):
        end = at + 1
        while end < len(octets) and octets[end] == (octets[end - 1] + 7) % 256:
            end += 1
        if end - at >= SHORTEST_RUN:
            out.append("{%d,%d}" % (end - at, octets[at]))
        else:
            out.append(octets[at:end].hex())
        at = end
    return "".join(out)


def shorten_all(value):
    if isinstance(value, dict):
        return {name: shorten_all(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shorten_all(element) for element in value]
    if isinstance(value, str):
        assert "{" not in value
        if len(value) >= 2 * SHORTEST_RUN and re.fullmatch(r"(?:[0-9a-f]{2})+", value):
            return shorten(value)
    return value


def main():
    lines = []
    with open(sys.argv[1], encoding="utf-8") as source:
        vectors = json.load(source)
    for vector in vectors:
        if vector["rule"] == "frame":
            continue
        parser = Parser(vector["value"])
        value = parser.value()
        if parser.peek() != (None, None):
            raise ValueError("more after the value of " + vector["name"])
        lines.append(json.dumps({
            "name": vector["name"], "type": vector["module"] + "." + vector["type"], "rule": vector["rule"],
            "value": shorten_all(value), "hex": shorten(vector["hex"])}, ensure_ascii=False, separators=(",", ":")))
    print("[\n" + ",\n".join(lines) + "\n]")


if __name__ == "__main__":
    main()
