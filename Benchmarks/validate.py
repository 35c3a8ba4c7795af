#!/usr/bin/env python3
"""Times `rinnovo validate` with a table schema beside DuckDB's typed scan and `frictionless validate`.

script/bench --validate builds the program, prepares the peers' Python and calls this; see `script/bench --help`.
The report is Markdown on standard output, the progress is on standard error.
"""
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
from statistics import median

from measuring import (
    THREADS, Wrong, blocks, columns, counted, finished, generated, lines, measured, memory_size, parser, processor,
    say, spread, table, target, told)

SIZES = {"small": ("small", 50_000), "medium": ("medium", 1_000_000)}
SLICE_ROWS = 100_000  # what frictionless reads
WRONG_EACH = 11  # one row in so many is wrong: a million of the medium data

OWN, UNIQUE, WRONG = "Rinnovo", "Rinnovo, charge_id unique", "Rinnovo, one row in eleven wrong"
DUCKDB, DUCKDB_UNIQUE = "DuckDB, same constraints", "DuckDB, and count(DISTINCT charge_id)"
SLICE, START = "frictionless, a slice", "frictionless, one row"


def wrong_rows(folder):
    """The charges with one status in eleven misspelt; made unless they are there."""
    file = folder / f"charges-wrong-{WRONG_EACH}.csv"
    if file.exists():
        return file
    say(f"making {file.name}")
    unfinished = file.with_suffix(".part")
    with open(folder / "charges.csv", "rb") as source, open(unfinished, "wb") as out:
        out.write(source.readline())
        for number, line in enumerate(source):
            out.write(line if number % WRONG_EACH else line[:-2] + b"x\n")
    unfinished.rename(file)
    return file


def head(file, rows, target_file):
    """The first rows of a file."""
    with open(file, "rb") as source, open(target_file, "wb") as out:
        for _ in range(rows + 1):
            out.write(source.readline())
    return target_file


def programs(options, folder, wrong, scratch):
    """Every program with its file and the exit codes that it may have."""
    charges = folder / "charges.csv"
    schema = json.loads((options.peers / "charges.schema.json").read_text())
    plain = scratch / "plain.json"
    plain.write_text(json.dumps(schema))
    schema["fields"][0].setdefault("constraints", {})["unique"] = True
    unique = scratch / "unique.json"
    unique.write_text(json.dumps(schema))
    part = head(charges, SLICE_ROWS, scratch / "slice.csv")
    one = head(charges, 1, scratch / "one.csv")
    binary, python = str(options.binary), str(options.python)
    duck = [python, str(options.peers / "conv_duckdb.py")]

    def own(file, rules):
        return [binary, "validate", str(file), "--schema", str(rules), "--threads", str(THREADS)]

    def peer(file):
        return [python, "-m", "frictionless", "validate", "--trusted", str(file), "--schema", str(plain)]

    return {
        OWN: (own(charges, plain), charges, (0,)),
        DUCKDB: (duck + ["validate", str(charges), "-"], charges, (0,)),
        UNIQUE: (own(charges, unique), charges, (0,)),
        DUCKDB_UNIQUE: (duck + ["validatepk", str(charges), "-"], charges, (0,)),
        WRONG: (own(wrong, plain), wrong, (1,)),
        SLICE: (peer(part), part, (0,)),
        START: (peer(one), one, (0,)),
    }


def run(name, command, file, codes, scratch, rows):
    for _ in blocks(file):
        pass
    log = scratch / "log"
    result = measured(command, codes, log)
    if name in (OWN, UNIQUE, WRONG):
        told = re.search(r"([\d,]+) records, ([\d,]+) error", log.read_text())
        expected = -(-rows // WRONG_EACH) if name == WRONG else 0
        if not told or [int(part.replace(",", "")) for part in told.groups()] != [rows, expected]:
            raise Wrong(f"{name}: not {rows} records and {expected} errors:\n{log.read_text()[-500:]}")
    say(f"  {name}: {result.wall:.2f} s, CPU {result.cpu:.2f} s, {result.memory:.0f} MB")
    return result


def report(options, runs, megabytes, part):
    def ratios(one, other, what="wall"):
        return [getattr(first, what) / getattr(second, what) for first, second in zip(runs[one], runs[other])]

    slow = [(whole.wall - start.wall) / part for whole, start in zip(runs[SLICE], runs[START])]
    times = [peer / (mine.wall / megabytes) for peer, mine in zip(slow, runs[OWN])]
    duck, duck_cpu, late = ratios(OWN, DUCKDB), ratios(OWN, DUCKDB, "cpu"), ratios(WRONG, OWN)
    memory = {name: max(one.memory for one in runs[name]) for name in runs}
    more = memory[WRONG] - memory[OWN]
    return "\n".join([
        "## Side by side\n",
        f"Median (lowest to highest) of {counted(options.runs)}.\n",
        table(["program", "wall, s", "CPU, s", "peak memory, MB"],
              *[[f"**{name}**" if name.startswith(OWN) else name, *columns(runs[name])] for name in runs]),
        f"frictionless reads {SLICE_ROWS:,} rows, {part:.1f} MB: {median(slow):.2f} s a MB without its start. "
        f"Rinnovo: {median(one.wall for one in runs[OWN]) / megabytes * 1000:.2f} ms a MB, start and all, and {median(duck_cpu):.2f} of DuckDB's CPU time.\n",
        "## Targets\n",
        table(
            ["what", "target", "measured", "met"],
            target("as fast as frictionless, a MB", "at least 100 times", f"{spread(times, 0)} times",
                   median(times) >= 100),
            target("time of DuckDB's scan", "at most 1.0", spread(duck), median(duck) <= 1),
            target("peak memory without `unique`", "at most 64 MB", f"{memory[OWN]:.0f} MB", memory[OWN] <= 64),
            target("peak memory with `unique`", "at most 400 MB", f"{memory[UNIQUE]:.0f} MB", memory[UNIQUE] <= 400),
            target("memory more with one row in eleven wrong", "at most 64 MB", f"{more:.0f} MB", more <= 64),
            target("time with one row in eleven wrong", "at most 2 times", f"{spread(late)} times", median(late) <= 2)),
    ])


def circumstances(options, megabytes, rows, load):
    versions = subprocess.run(
        [options.python, "-c", "import duckdb, frictionless, platform\nprint('DuckDB', duckdb.__version__ + "
         "', frictionless', frictionless.__version__ + ', Python', platform.python_version())"],
        check=True, capture_output=True, text=True).stdout.strip()
    own = subprocess.run([options.binary, "--version"], check=True, capture_output=True, text=True).stdout
    own = own.splitlines()[0]
    return "\n".join([
        "## Machine, versions, data\n",
        f"- date: {datetime.date.today()}",
        f"- processor: {processor()}, {os.cpu_count()} cores; memory: {memory_size():.1f} GB; "
        f"{platform.system()} {platform.release()}; load average at the start: {load:.2f}",
        f"- {own}, {options.revision or 'no revision'}",
        f"- {versions}",
        f"- charges: {rows:,} rows, {megabytes:,.0f} MB; charges.schema.json: types, patterns, enumerations, limits\n",
    ])


INTRODUCTION = f"""# Benchmarks of validation

Written by `script/bench --validate --write`; the same command repeats it.
The data generator and the peers' scripts that it needs are not part of this repository: `--peers DIR` says
where they are.

Each program is a process of its own, from its start to its end; the programs take turns, after one run of each that does
not count, and every input is read once before each run. Rinnovo and DuckDB run with {THREADS} threads. DuckDB is told the
types of all columns and checks the schema's constraints in one scan; it tells how many rows break them, not which.
frictionless validates a slice with the same schema, because the whole would take it hours.

Only the ratios count. The times belong to the machine below on that day; they do not travel to another.

"""


def benchmark(options):
    load = os.getloadavg()[0]
    folder = generated(options, *SIZES[options.size])
    wrong = wrong_rows(folder)
    charges = folder / "charges.csv"
    rows, megabytes = lines(charges) - 1, charges.stat().st_size / 1e6
    with tempfile.TemporaryDirectory(prefix="run-", dir=options.data) as name:
        scratch = pathlib.Path(name)
        every = programs(options, folder, wrong, scratch)
        part = (scratch / "slice.csv").stat().st_size / 1e6
        runs = {name: [] for name in every}
        for number in range(options.runs + 1):
            say(f"round {number} of {options.runs}" if number else "warming up")
            for name, (command, file, codes) in every.items():
                result = run(name, command, file, codes, scratch, rows)
                # The first run of each does not count.
                if number:
                    runs[name].append(result)
    return INTRODUCTION, report(options, runs, megabytes, part) + "\n" + circumstances(options, megabytes, rows, load)


if __name__ == "__main__":
    sys.exit(told(finished(parser("script/bench --validate"), SIZES), benchmark))
