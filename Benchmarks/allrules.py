#!/usr/bin/env python3
"""Times `rinnovo audit` with everything that feeds its rules, beside the plain audit and DuckDB on the same files.

script/bench --all-rules builds the program and calls this; see `script/bench --help`. To the generated data come, made
here: an offers file with the list price of each offer, a policy file, ten usage records a subscription, and events. The
events say nothing that changes a verdict (a price that is the one of the row, a suspension long before the window, an
end that the row has too, a new number), so that every run must find what the generator planted. How many of the
lines have some is the only difference between these ways. In the last one every line has a price that its row does not
tell: the row has another one, and an event of the day after the activation changes it. There no line is what its row
alone would have. The ways go in turns.

There are two peers. The fair one is Benchmarks/allrules_duckdb.py: it reads the very files that the audit of the way
reads and does with offers, events and usage what the way asks, as far as the uncharged renewals go; in the plain way it
is the bare anti-join, for there nothing more is asked. The bare one does the anti-join of subscriptions and charges in
every way and reads nothing else, which is less work than any but the plain way asks. Neither looks at an amount that was
charged; the audit does. What each of them found is compared with what was planted, and so is what the fair one says was
due.
"""
import csv
import datetime
import os
import pathlib
import shutil
import sys
import tempfile
import zlib
from statistics import median

from audit import SIZES, compare_with_truth
from measuring import (
    THREADS, WINDOW, Wrong, columns, counted, finished, generated, lines, measured, parser, say, spread, table, told)
from usage import usage_of

# How many of a thousand lines have events.
SHARES = {"no events": 0, "events of 2 % of the lines": 20, "events of 20 %": 200, "events of all": 1000}
DETAILS = __doc__.split("`script/bench --help`. ", 1)[1].strip()
BARE = "DuckDB, the bare anti-join"
FAIR = pathlib.Path(__file__).with_name("allrules_duckdb.py")
POLICY = "audit:\n  grace_days_before: 5\n  grace_days_after: 5\nrecovery:\n  cadence:\n    every: 30 days\n"


class Inputs:
    """The files of a data set and those made for it."""

    def __init__(self, folder):
        self.folder = folder
        self.truth = folder / "truth.csv"
        self.charges = folder / "charges.csv"
        self.subscriptions = folder / "subscriptions-with-offers.csv"
        self.offers, self.policy = folder / "offers.yaml", folder / "policy.yaml"
        self.policy.write_text(POLICY)
        if not self.offers.exists() or not self.subscriptions.exists():
            self.make_offers()
        self.raised, self.raises = folder / "subscriptions-with-raised-prices.csv", folder / "events-raises.csv"
        if not self.raised.exists() or not self.raises.exists():
            self.make_raises()
        self.events = {way: self.events_of(share) for way, share in SHARES.items() if share}
        self.usage = usage_of(folder)

    def rows(self):
        with open(self.folder / "subscriptions.csv") as file:
            next(file)
            for line in file:
                yield line.rstrip("\n").split(",")

    def make_offers(self):
        """An offer has one currency, and those of the generator have several: each pair becomes an offer."""
        say("generating the offers file")
        prices = {}
        unfinished = self.subscriptions.with_suffix(".part")
        with open(self.folder / "subscriptions.csv") as file, open(unfinished, "w") as out:
            out.write(next(file))
            for line in file:
                row = line.rstrip("\n").split(",")
                row[2] += f" {row[7]}"
                prices.setdefault(row[2], (row[7], row[6]))
                out.write(",".join(row) + "\n")
        self.offers.write_text("offers:\n" + "".join(
            f"  - {{ name: {name}, currency: {currency}, price: {price} }}\n"
            for name, (currency, price) in sorted(prices.items())))
        unfinished.rename(self.subscriptions)

    def make_raises(self):
        """Rows with a price that is a unit higher, and for each an event that lowers it the day after the activation."""
        say("generating the events of prices that no row has")
        unfinished = self.raises.with_suffix(".part"), self.raised.with_suffix(".part")
        with open(self.subscriptions) as file, open(unfinished[0], "w") as events, open(unfinished[1], "w") as out:
            out.write(next(file))
            events.write("subscription_id,event,effective_on,until,value\n")
            for line in file:
                row = line.rstrip("\n").split(",")
                day = datetime.date.fromisoformat(row[3]) + datetime.timedelta(days=1)
                events.write(f"{row[0]},price_changed,{day},,{row[6]}\n")
                whole, point, rest = row[6].partition(".")
                row[6] = f"{int(whole) + 1}{point}{rest}"
                out.write(",".join(row) + "\n")
        unfinished[0].rename(self.raises)
        unfinished[1].rename(self.raised)

    def events_of(self, share):
        """An events file in which so many of a thousand lines have one event each."""
        path = self.folder / f"events-{share}.csv"
        if path.exists():
            return path
        say(f"generating {path.name}")
        unfinished = path.with_suffix(".part")
        with open(unfinished, "w") as out:
            out.write("subscription_id,event,effective_on,until,value\n")
            for row in self.rows():
                name, activated, ended, price = row[0], row[3], row[4], row[6]
                chance = zlib.crc32(name.encode())
                if chance % 1000 >= share:
                    continue
                kind = chance // 1000 % 4
                if ended and kind < 2:
                    out.write(f"{name},ended,{ended},,\n")
                elif activated < "2024-06-01" and kind == 2:
                    out.write(f"{name},suspended,2024-07-01,2024-07-20,\n")
                elif kind == 3 and not ended:
                    out.write(f"{name},renumbered,2025-06-01,,N{name}\n")
                else:
                    out.write(f"{name},price_changed,{activated},,{price}\n")
        unfinished.rename(path)
        return path

    def ways(self):
        """What is measured: the names, and the arguments of each way."""
        plain = ["--subscriptions", self.folder / "subscriptions.csv", "--charges", self.charges]
        offers = ["--subscriptions", self.subscriptions, "--charges", self.charges, "--offers", self.offers,
                  "--policy", self.policy, "--usage", self.usage]
        ways = {"plain": plain}
        for way, share in SHARES.items():
            events = ["--events", self.events[way]] if share else []
            ways[f"offers, policy, usage; {way}"] = offers + events
        raised = ["--subscriptions", self.raised, "--charges", self.charges, "--policy", self.policy,
                  "--usage", self.usage, "--events", self.raises]
        ways["policy, usage; the price of all by an event"] = raised
        return {way: list(map(str, arguments)) for way, arguments in ways.items()}

    @staticmethod
    def fair(arguments):
        """What the fair peer is called with for a way of the audit."""
        told = dict(zip(arguments[::2], arguments[1::2]))
        further = [word for name in ("--offers", "--events", "--usage") if name in told for word in (name, told[name])]
        return [told["--subscriptions"], told["--charges"], *further]


def due(file, amount):
    """The subscription, first day and amount of each uncharged renewal in a file."""
    with open(file, newline="") as rows:
        return [(row["subscription_id"], row["period_start"], row[amount]) for row in csv.DictReader(rows)]


def run(options, inputs, way, arguments, scratch):
    output, log = scratch / "output", scratch / "log"
    try:
        if way == BARE:
            script = options.peers / "audit_duckdb.py"
            result = measured([str(options.python), str(script), str(inputs.folder), str(output)], (0,), log)
            if output.read_bytes() != inputs.truth.read_bytes():
                raise Wrong("DuckDB's result is not the truth")
        elif way.startswith("DuckDB"):
            subscriptions, charges, *further = arguments
            command = [str(options.python), str(FAIR), subscriptions, charges, str(output), *further]
            result = measured(command, (0,), log)
            if due(output / "uncharged.csv", "expected_amount") != due(inputs.truth, "price"):
                raise Wrong(f"{way}: the result is not the truth")
        else:
            result = measured(
                [str(options.binary), "audit", *arguments, "--from", WINDOW[0], "--to", WINDOW[1], "--threads",
                 str(THREADS), "--output", str(output), "-q"], (0, 1), log)
            compare_with_truth(output / "discrepancies.csv", inputs.truth)
    except (OSError, KeyError) as problem:
        raise Wrong(f"{way}: {problem!r}") from problem
    finally:
        if output.is_dir():
            shutil.rmtree(output)
        else:
            output.unlink(missing_ok=True)
    say(f"  {way}: {result.wall:.2f} s, CPU {result.cpu:.2f} s, {result.memory:.0f} MB")
    return result


def peer_of(way):
    """The fair peer of a way of the audit."""
    return BARE if way == "plain" else f"DuckDB, {way}"


def report(options, inputs, runs):
    def ratio(way, other, what):
        if way.startswith("DuckDB") or way == other:
            return ""
        return spread([getattr(mine, what) / getattr(its, what) for mine, its in zip(runs[way], runs[other])])

    rows = [[way, *columns(results), ratio(way, "plain", "wall"), ratio(way, peer_of(way), "wall"),
             ratio(way, peer_of(way), "cpu"), ratio(way, BARE, "wall")]
            for way, results in runs.items()]
    head = ["audit", "wall, s", "CPU, s", "peak memory, MB", "wall / plain", "wall / fair DuckDB", "CPU / fair DuckDB",
            "wall / bare DuckDB"]
    subscriptions, charges = (lines(file) - 1 for file in (inputs.subscriptions, inputs.charges))
    return (
        f"{subscriptions:,} subscriptions, {charges:,} charges, {lines(inputs.usage) - 1:,} usage records; median "
        f"(lowest to highest) of {counted(options.runs)} each, in turns.\n\n" + table(head, *rows))


def benchmark(options):
    load = os.getloadavg()[0]
    inputs = Inputs(generated(options, *SIZES[options.size][0]))
    ways = inputs.ways()
    ways |= {peer_of(way): inputs.fair(arguments) for way, arguments in ways.items() if way != "plain"}
    ways[BARE] = []
    runs = {way: [] for way in ways}
    with tempfile.TemporaryDirectory(prefix="run-", dir=options.data) as scratch:
        for turn in range(options.runs + 1):
            say(f"round {turn} of {options.runs}")
            for way, arguments in ways.items():
                result = run(options, inputs, way, arguments, pathlib.Path(scratch))
                # The first turn brings the files into memory.
                if turn > 0:
                    runs[way].append(result)
    introduction = (
        "# Benchmarks with all rules\n\nWritten by `script/bench --all-rules --write`. "
        f"{DETAILS}\n\nOnly the ratios count; load average at the start: {load:.2f}.\n\n")
    return introduction, report(options, inputs, runs)


if __name__ == "__main__":
    sys.exit(told(finished(parser("script/bench --all-rules"), SIZES), benchmark))
