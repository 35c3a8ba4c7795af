#!/usr/bin/env python3
"""Times `rinnovo audit` with usage records beside the same audit without them.

script/bench --usage builds the program and calls this; see `script/bench --help`. Each subscription has ten records a
year; the runs go in turns: without usage, with it, and with the days of a time zone. The counts that the audit
prints are checked against what was generated.
"""
import pathlib
import random
import re
import sys
import tempfile
from statistics import median

from measuring import (
    MONTHS, THREADS, WINDOW, Wrong, columns, counted, finished, generated, lines, measured, parser, say, table, told)

SIZES = {"small": ("small", 50_000), "medium": ("medium", 1_000_000)}
RECORDS_EACH = 10
WAYS = {
    "without usage": [], "--usage": [], "--usage, --time-zone": ["--time-zone", "Europe/Rome"],
}


def usage_of(folder):
    """The usage file of a data set; made unless it is there: records in the order of their days, of lines at random."""
    file = folder / f"usage-{RECORDS_EACH}.csv"
    if file.exists():
        return file
    say(f"generating {file.name}")
    numbers = [row.split(",", 2)[1] for row in (folder / "subscriptions.csv").read_text().splitlines()[1:]]
    chance = random.Random(1)
    count = len(numbers) * RECORDS_EACH
    unfinished = file.with_suffix(".part")
    with open(unfinished, "w") as out:
        out.write("record_id,msisdn,started_at,kind,duration_s,volume_bytes,peer,amount,currency\n")
        for index in range(count):
            day = index * MONTHS * 28 // count
            moment = f"2025-{day // 28 + 1:02}-{day % 28 + 1:02}T{index % 24:02}:{index % 60:02}:00+01:00"
            out.write(f"U{index},{chance.choice(numbers)},{moment},data,{index % 600},{index},,,\n")
    unfinished.rename(file)
    return file


def run(options, folder, usage, way, scratch):
    command = [str(options.binary), "audit", "--subscriptions", str(folder / "subscriptions.csv"), "--charges",
               str(folder / "charges.csv"), "--from", WINDOW[0], "--to", WINDOW[1], "--threads", str(THREADS), "--dry-run"]
    if way != "without usage":
        command += ["--usage", str(usage), *WAYS[way]]
    log = scratch / "log"
    result = measured(command, (0, 1), log)
    if way != "without usage":
        told = re.search(r"([\d,]+) usage records read", log.read_text())
        if not told or int(told[1].replace(",", "")) != lines(usage) - 1:
            raise Wrong(f"{way}: not every record was counted")
    say(f"  {way}: {result.wall:.2f} s, CPU {result.cpu:.2f} s, {result.memory:.0f} MB")
    return result


def benchmark(options):
    folder = generated(options, *SIZES[options.size])
    usage = usage_of(folder)
    runs = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(prefix="run-", dir=options.data) as scratch:
        for turn in range(options.runs + 1):
            for way in WAYS:
                result = run(options, folder, usage, way, pathlib.Path(scratch))
                # The first turn brings the files into memory.
                if turn > 0:
                    runs[way].append(result)
    size = usage.stat().st_size / 1e6
    bare = median(result.wall for result in runs["without usage"])
    rows = []
    for way, results in runs.items():
        wall = median(result.wall for result in results)
        more = wall - bare
        rows.append([way, *columns(results), f"{wall / bare:.2f}", f"{size / more:,.0f}" if more > 0 else "-"])
    return "", (
        f"{lines(usage) - 1:,} usage records, {size:,.0f} MB; {counted(options.runs)} each\n\n"
        + table(["audit", "wall s", "CPU s", "memory MB", "ratio", "MB/s of usage"], *rows))


if __name__ == "__main__":
    sys.exit(told(finished(parser("script/bench --usage"), SIZES), benchmark))
