#!/usr/bin/env python3
"""Counts the instructions of a PDU's way and compares them with those that were counted before.

    instructions_test.py            compares with expected.json: 5 % more is a failure, and so is 5 % less
    instructions_test.py --write    writes what was counted as what is expected from now on

Instructions do not depend on what else a machine does. They do depend on the compiler: what it is stands in expected.json,
and with another one nothing is compared (exit code 77: skipped).
"""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.environ["CONVENE_INSTRUCTIONS"]
EXPECTED = os.path.join(HERE, "expected.json")
TOLERANCE = 0.05
# What does not depend on the number of PDUs is in both counts.
FEW, MANY = 2048, 6144
SKIPPED = 77


def counted(workload, count):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, workload, str(count)],
                          text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        sys.exit(f"{workload} cannot be counted:\n{done.stderr}")
    return int(found[1])


def per_pdu(workload):
    return (counted(workload, MANY) - counted(workload, FEW)) / (MANY - FEW)


def main():
    compiler = subprocess.run(["g++", "-dumpfullversion"], text=True, stdout=subprocess.PIPE).stdout.strip()
    try:
        subprocess.run(["valgrind", "--version"], stdout=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        print("valgrind is missing: nothing was counted")
        return SKIPPED
    with open(EXPECTED, encoding="utf-8") as file:
        expected = json.load(file)
    writes = "--write" in sys.argv[1:]
    if not writes and expected["compiler"] != compiler:
        print(f"counted with g++ {expected['compiler']}, not with {compiler}: nothing is compared")
        return SKIPPED

    names = subprocess.run([PROGRAM], text=True, stdout=subprocess.PIPE, check=True).stdout.split()
    now = {name: round(per_pdu(name)) for name in names}
    bad = []
    print(f"{'instructions per PDU':24} {'now':>8} {'expected':>9}")
    for name, count in now.items():
        before = expected["perPdu"].get(name)
        change = (count - before) / before if before else None
        print(f"{name:24} {count:8} {before or '-':>9} {f'{change:+.1%}' if change is not None else ''}")
        if change is None or abs(change) > TOLERANCE:
            bad.append(name)
    if writes:
        with open(EXPECTED, "w", encoding="utf-8") as file:
            json.dump({"compiler": compiler, "perPdu": now}, file, indent=2)
            file.write("\n")
        return 0
    if bad or set(names) != set(expected["perPdu"]):
        print(f"{', '.join(bad) or 'the list of workloads'} changed by more than {TOLERANCE:.0%}. If that is meant, or is a gain, run\n"
              f"    CONVENE_INSTRUCTIONS={PROGRAM} tests/instructions/instructions_test.py --write\nand say why in the commit.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
