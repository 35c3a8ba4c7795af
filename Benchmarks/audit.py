#!/usr/bin/env python3
"""Times `rinnovo audit` beside DuckDB and Polars on the same data, and checks what each of them found.

script/bench builds the program, prepares the peers' Python and calls this; see `script/bench --help`.
The report is Markdown on standard output, the progress is on standard error.

This process keeps nothing of the data in memory: the system counts the memory of the process that
starts a program into the peak of that program, so what is held here would be measured there.
"""
import csv
import datetime
import filecmp
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
from statistics import median

from measuring import (
    DEFAULT_RUNS, THREADS, WINDOW, Wrong, blocks, columns, counted, finished, generated, lines, measured,
    memory_size, parser, processor, say, spread, table, target, told)

# Directory and number of subscriptions, and the same for three times the size.
SIZES = {
    "small": (("small", 50_000), ("small-x3", 150_000)),
    "medium": (("medium", 1_000_000), ("large", 3_000_000)),
}
PEERS = {"duckdb": "DuckDB", "polars": "Polars"}
NAMES = {"rinnovo": "Rinnovo"} | PEERS

WALL_TARGET = 0.5  # of DuckDB's
MEMORY_TARGET = 300  # MB
GROWTH_TARGET = 3.2  # times the wall time on three times the data

# --- The data ---

class Data:
    """One generated data set: where it is and how large it is."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.inputs = [folder / "subscriptions.csv", folder / "charges.csv"]
        self.truth = folder / "truth.csv"
        self.subscriptions, self.charges, self.uncharged = (lines(file) - 1 for file in [*self.inputs, self.truth])
        self.size = sum(file.stat().st_size for file in self.inputs)

    def bring_into_memory(self):
        """Reads every input once, lest a run pay for the disk."""
        for file in self.inputs:
            for _ in blocks(file):
                pass


# --- One run ---

def run(options, program, data, scratch):
    """One run of one program, with its result checked and removed; the checking is not timed."""
    data.bring_into_memory()
    output, log = scratch / "output", scratch / "log"
    try:
        if program == "rinnovo":
            subscriptions, charges = map(str, data.inputs)
            command = [str(options.binary), "audit", "--subscriptions", subscriptions, "--charges", charges,
                       "--from", WINDOW[0], "--to", WINDOW[1], "--threads", str(THREADS),
                       "--output", str(output), "-q"]
            # Code 1: done, and there are findings.
            result = measured(command, (0, 1), log)
            compare_with_truth(output / "discrepancies.csv", data.truth)
        else:
            script = options.peers / f"audit_{program}.py"
            result = measured([str(options.python), str(script), str(data.folder), str(output)], (0,), log)
            if not filecmp.cmp(output, data.truth, shallow=False):
                raise Wrong(f"{NAMES[program]}'s result on {data.name} is not {data.truth}")
    except (OSError, KeyError) as problem:
        raise Wrong(f"{NAMES[program]} on {data.name}: {problem!r}") from problem
    finally:
        if output.is_dir():
            shutil.rmtree(output)
        else:
            output.unlink(missing_ok=True)
    say(f"  {data.name} {NAMES[program]}: {result.wall:.2f} s, CPU {result.cpu:.2f} s, {result.memory:.0f} MB")
    return result


# --- Correctness ---

def periods(file, rules=None):
    """The (subscription_id, period_start) of the file's rows, of these rules only where some are named."""
    before = ("", "")
    with open(file, newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if rules is not None and row.get("rule") not in rules:
                continue
            period = (row["subscription_id"], row["period_start"])
            # Strictly: a period that is named twice is wrong as well.
            if period <= before:
                raise Wrong(f"{file}: {', '.join(period)} stands after {', '.join(before)}")
            before = period
            yield period


def compare_with_truth(discrepancies, truth):
    """Walks both files side by side; each is in ascending order."""
    found_rows = periods(discrepancies, ("uncharged-renewal", "collection-failed"))
    true_rows = periods(truth)
    missing, extra, first = 0, 0, None
    found, true = next(found_rows, None), next(true_rows, None)
    while found or true:
        is_missing = not found or (true and true < found)
        if found == true:
            found, true = next(found_rows, None), next(true_rows, None)
        elif is_missing:
            missing, first, true = missing + 1, first or true, next(true_rows, None)
        else:
            extra, first, found = extra + 1, first or found, next(found_rows, None)
    if missing or extra:
        raise Wrong(f"Rinnovo missed {missing} of the periods in {truth} and named {extra} that are not there; "
                    f"the first: {', '.join(first)}")


# --- The measuring ---

def side_by_side(options, data, scratch):
    """The runs of each program; one round runs each of them once."""
    say(f"warming up on {data.name}")
    for program in NAMES:
        run(options, program, data, scratch)
    runs = {program: [] for program in NAMES}
    for number in range(1, options.runs + 1):
        say(f"round {number} of {options.runs}")
        for program in NAMES:
            runs[program].append(run(options, program, data, scratch))
    return runs


def growth(options, data, larger, scratch):
    """Runs of Rinnovo on the data and on three times the data, in turns.

    Each run that counts follows one on the same data that does not. The host of a virtual machine takes back what nobody
    uses, and whoever first needs more memory than the programs before it waits for the host; in turns, that would always
    be the run on the larger data.
    """
    runs = ([], [])
    rounds = min(options.runs, 5)
    for number in range(1, rounds + 1):
        say(f"growth, round {number} of {rounds}")
        for results, subject in zip(runs, (data, larger)):
            run(options, "rinnovo", subject, scratch)
            results.append(run(options, "rinnovo", subject, scratch))
    return runs


# --- The report ---

def ratios(runs, peer):
    """Rinnovo's wall time over the peer's, round by round."""
    return [own.wall / other.wall for own, other in zip(runs["rinnovo"], runs[peer])]


def results(options, runs, data, grown):
    head = ["program", "wall, s", "CPU, s", "peak memory, MB", "Rinnovo's wall time / this one's"]
    parts = [
        f"## `rinnovo audit` beside its peers, {data.name} data\n",
        f"Median (lowest to highest) of {counted(options.runs)}; the last column is the median of the ratios "
        "within a round.\n",
        table(head, *([NAMES[program], *columns(runs[program]),
                       spread(ratios(runs, program)) if program in PEERS else ""] for program in NAMES)),
    ]
    share, memory = median(ratios(runs, "duckdb")), max(run.memory for run in runs["rinnovo"])
    targets = [
        target("wall time, of DuckDB's", f"at most {WALL_TARGET}", f"{share:.2f}", share <= WALL_TARGET),
        target("peak memory, the highest run", f"at most {MEMORY_TARGET} MB", f"{memory:.0f} MB",
               memory <= MEMORY_TARGET),
    ]
    if grown:
        larger, pair = grown
        factor = median(run.wall for run in pair[1]) / median(run.wall for run in pair[0])
        targets.append(target(f"wall time on {larger.size / data.size:.2f} times the data",
                              f"at most {GROWTH_TARGET} times", f"{factor:.2f} times", factor <= GROWTH_TARGET))
        parts += [
            "## Growth\n",
            f"Rinnovo on the {data.name} and on the {larger.name} data in turns: median (lowest to highest) of "
            f"{counted(len(pair[0]))} on each. Each follows a run on the same data that does not count: otherwise the "
            "larger data alone would wait for the memory that the host of a virtual machine has taken back.\n",
            table(["data", "wall, s", "CPU, s", "peak memory, MB"],
                  *([subject.name, *columns(runs)] for subject, runs in zip((data, larger), pair))),
        ]
    parts += ["## Targets\n", table(["what", "target", "measured", "met"], *targets)]
    if options.size != "medium":
        parts.append(f"The targets are set for the medium data; on the {data.name} data they say little.\n")
    return "\n".join(parts)


def versions(options):
    peers = subprocess.run(
        [options.python, "-c", "import duckdb, platform, polars\n"
         "print(duckdb.__version__, polars.__version__, platform.python_version())"],
        check=True, capture_output=True, text=True).stdout.split()
    version = subprocess.run([options.binary, "--version"], check=True, capture_output=True, text=True).stdout
    program = "; ".join(version.strip().splitlines()) + (f", {options.revision}" if options.revision else "")
    return [program, "DuckDB {}, Polars {}, Python {}".format(*peers)]


def circumstances(known_versions, sets, load):
    return "\n".join([
        "## Machine, versions, data\n",
        f"- date: {datetime.date.today()}",
        f"- processor: {processor()}, {os.cpu_count()} cores; memory: {memory_size():.1f} GB; "
        f"{platform.system()} {platform.release()}; load average at the start: {load:.2f}",
        *(f"- {line}" for line in known_versions),
        f"- every program with {THREADS} threads\n",
        table(["data", "subscriptions", "charges", "CSV, MB", "renewals not charged"],
              *([data.name, f"{data.subscriptions:,}", f"{data.charges:,}", f"{data.size / 1e6:,.0f}",
                 f"{data.uncharged:,}"] for data in sets)),
    ])


def introduction(options):
    command = " ".join(["script/bench"] + ["--large"] * options.large
                       + [f"--runs {options.runs}"] * (options.runs != DEFAULT_RUNS) + ["--write"])
    return f"""# Benchmarks

Written by `{command}`; the same command repeats it.
The data generator and the peers' scripts that it needs are not part of this repository: `--peers DIR` says
where they are.

The work is the same for every program: read all subscriptions and charges, find each renewal that was due from
{WINDOW[0]} to {WINDOW[1]} (exclusive) and has no posted charge, and write them. Rinnovo does all that `audit`
does besides: every rule, the corrected charges, the recovery plan, the reports, the manifest. A run is a
whole process, from its start to its end, as the system accounts for it. The programs take turns, after one
run of each that does not count, and every input is read once before each run so that none pays for the disk.
After each run the result is compared with what the generator planted; a difference ends the benchmark
without figures.

Only the ratios count. The times belong to the machine below on that day; they do not travel to another.

"""


def benchmark(options):
    load = os.getloadavg()[0]
    base, larger = SIZES[options.size]
    known_versions = versions(options)
    sets = [Data(generated(options, *size), size[0]) for size in ((base, larger) if options.large else (base,))]
    with tempfile.TemporaryDirectory(prefix="run-", dir=options.data) as scratch:
        scratch = pathlib.Path(scratch)
        runs = side_by_side(options, sets[0], scratch)
        grown = (sets[1], growth(options, *sets, scratch)) if options.large else None
    report = results(options, runs, sets[0], grown) + "\n" + circumstances(known_versions, sets, load)
    return introduction(options), report


def main():
    known = parser("script/bench")
    known.add_argument("--large", action="store_true")
    return told(finished(known, SIZES), benchmark)


if __name__ == "__main__":
    sys.exit(main())
