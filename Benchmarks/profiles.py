#!/usr/bin/env python3
"""Times the reading of foreign CDRs through a format profile: `validate`, `convert` and `audit --usage`, on one thread.

script/bench --profiles builds the program and calls this; see `script/bench --help`. The data are calls as Asterisk
writes them with all 21 columns, half of them in quotes. The speed is that of the CPU: bytes of the file a second of
processor time, so that other work on the machine counts little.
"""
import argparse
import pathlib
import sys
import tempfile
from statistics import median

from measuring import CannotRun, Wrong, counted, lines, measured, say, table

SIZES = {"small": 100_000, "medium": 1_500_000}
TARGET = 300


def calls(folder, count):
    """The file of so many calls; made unless it is there."""
    file = folder / f"asterisk-{count}.csv"
    if file.exists():
        return file
    say(f"generating {file.name}")
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    with open(unfinished, "w") as out:
        for index in range(count):
            moment = f"2025-03-{index % 28 + 1:02} {index % 24:02}:{index % 60:02}:{index * 7 % 60:02}"
            out.write(
                f'"","39055{index % 10**6:06}","39347{index * 13 % 10**6:06}","from-internal",'
                f'"<39055{index % 10**6:06}>","SIP/trunk-{index:08x}","PJSIP/client2-{index * 3:08x}","Dial",'
                f'"PJSIP/client2,30,tT","{moment}","{moment}","{moment}",{index % 300},{index % 280},"ANSWERED",'
                f'"DOCUMENTATION","1690325492.{index}","","","1690325492.{index}",{index}\n')
    unfinished.rename(file)
    return file


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--size", choices=SIZES, default="medium")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    try:
        file = calls(options.data, SIZES[options.size])
        size = file.stat().st_size / 1e6
        with tempfile.TemporaryDirectory(dir=options.data) as scratch:
            scratch = pathlib.Path(scratch)
            subscriptions = scratch / "subscriptions.csv"
            subscriptions.write_text(
                "subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method\n"
                "S1,39055000001,Line,2025-01-01,,P1M,9.99,EUR,card\n")
            charges = scratch / "charges.csv"
            charges.write_text(
                "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n"
                "C1,S1,renewal,2025-03-01,2025-03-01,2025-03-31,9.99,EUR,posted\n")
            output = scratch / "usage.csv"
            binary = str(options.binary)
            ways = {
                "validate": [binary, "validate", str(file), "--threads", "1"],
                "convert": [binary, "convert", str(file), str(output), "--force", "--threads", "1"],
                "audit --usage": [
                    binary, "audit", "--subscriptions", str(subscriptions), "--charges", str(charges), "--usage",
                    str(file), "--from", "2025-03-01", "--to", "2025-04-01", "--dry-run", "--threads", "1"],
            }
            runs = {way: [] for way in ways}
            for number in range(options.runs + 1):
                for way, command in ways.items():
                    result = measured(command, (0, 1), scratch / "log")
                    if number:
                        runs[way].append(result)
            if lines(output) != lines(file) + 1:
                raise Wrong("convert: not every call was written")
            print(f"# Reading through a format profile\n\n{size:.0f} MB, {lines(file):,} calls of 21 columns (asterisk-cdr-csv), "
                  f"one thread, {counted(options.runs)}.\n")
            rows = []
            for way, results in runs.items():
                speed = median(size / result.cpu for result in results)
                rows.append([way, f"{median(r.wall for r in results):.2f}", f"{median(r.cpu for r in results):.2f}",
                             f"{speed:.0f}", f"{max(r.memory for r in results):.0f}",
                             "met" if speed >= TARGET else "not met"])
            print(table(["way", "wall s", "CPU s", "MB/s of CPU", "MB memory", f"{TARGET} MB/s"], *rows))
    except Wrong as wrong:
        say(f"wrong: {wrong}")
        return 1
    except CannotRun as reason:
        say(str(reason))
        return 70
    return 0


sys.exit(main())
