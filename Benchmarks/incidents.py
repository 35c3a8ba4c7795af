#!/usr/bin/env python3
"""How surely `rinnovo audit` finds the causes of missed renewals: precision and recall on planted incidents.

    Benchmarks/incidents.py [--binary PATH] [--sizes 1000,10000,50000] [--seeds 20,20,8] [--first-seed N] [--verbose]
                            [--write FILE]

For each size and seed it makes a year of subscriptions (a shorter one beyond 200,000 of them) and their charges, leaves
out charges at a background rate of 0 to 1 %, and those of up to three incidents: 60 to 100 % of the renewals of an
offer, a payment method, a cycle, a currency, an offer with a payment method, or of everybody, from one day to most of
the year. Every fourth seed has no incident. An incident counts as found when `incidents.csv` has a row with exactly
its dimensions and exactly the days of its first and last missed renewal; "dimensions" counts those with the right
dimensions and days that overlap. Anything else in the file was invented.

Incidents that nobody could tell apart are not planted: those with fewer than 40 missed renewals, two of the same
renewals, and those of a part of another's renewals on some of its days.
Everything follows from the seed.
"""
import argparse
import csv
import datetime
import os
import random
import subprocess
import sys
import tempfile

FROM = datetime.date(2025, 1, 1)
OFFERS = [("Easy Pay", 30), ("Mobile 100", 25), ("Fibra Casa", 20), ("Family Anno", 10), ("Sim Dati", 10),
          ("Summer 28", 5)]
METHODS = [("card", 45), ("direct_debit", 35), ("wallet", 20)]
CYCLES = [("P1M", 50), ("P30D", 30), ("P28D", 20)]
CURRENCIES = [("EUR", 70), ("GBP", 30)]
NAMES = ["offer", "payment_method", "cycle", "currency"]
KINDS = [("offer",), ("payment_method",), ("cycle",), ("currency",), ("offer", "payment_method"), ()]


def pick(rng, table):
    return rng.choices([name for name, _ in table], [weight for _, weight in table])[0]


def length_of_month(year, month):
    return (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.date(year, month, 1)).days


def due_days(activated, cycle, days):
    """The due days of a subscription, counted from the first day of the window."""
    if cycle == "P1M":
        month = 0
        while True:
            number = FROM.year * 12 + month
            year, index = number // 12, number % 12 + 1
            day = datetime.date(year, index, min(activated.day, length_of_month(year, index)))
            offset = (day - FROM).days
            if offset >= days:
                return
            if day > activated:
                yield offset
            month += 1
    step = int(cycle[1:-1])
    offset = (activated - FROM).days + step
    if offset < 0:
        offset += -(offset // step) * step
    yield from range(offset, days, step)


class Case:
    """Subscriptions, their due renewals, and which of them are missed for which incident."""

    def __init__(self, seed, size):
        self.rng = rng = random.Random(f"{seed}/{size}")
        self.days = 365 if size <= 200_000 else 120
        self.background = rng.choice([0, 0.001, 0.005, 0.01])
        self.subscriptions = []
        for _ in range(size):
            activated = FROM - datetime.timedelta(days=rng.randrange(-self.days // 2, 1000))
            ended = rng.randrange(self.days) if rng.random() < 0.1 else self.days
            values = (pick(rng, OFFERS), pick(rng, METHODS), pick(rng, CYCLES), pick(rng, CURRENCIES))
            self.subscriptions.append((activated, ended, values))
        self.due = [[d for d in due_days(activated, values[2], self.days) if d < ended]
                    for activated, ended, values in self.subscriptions]
        count = 0 if seed % 4 == 0 else rng.randrange(1, 4)
        self.incidents = []
        for _ in range(200):
            if len(self.incidents) == count:
                break
            self.plant()
        self.missed = self.miss()

    def plant(self):
        rng = self.rng
        kind = rng.choice(KINDS)
        member = rng.choice(self.subscriptions)[2]
        values = {name: member[NAMES.index(name)] for name in kind}
        length = rng.choice([1, 1, 7, 30, 60, 90, 270]) if kind else rng.choice([1, 1, 2, 3])
        if length >= self.days:
            return
        # In the first days nothing tells the beginning of an incident from that of the window.
        first = rng.randrange(20, self.days - length - (0 if rng.random() < 0.2 else 20) + 1) \
            if self.days - length - 20 > 20 else 20
        last = min(first + length, self.days) - 1
        share = rng.choice([0.6, 0.8, 0.95, 1.0])
        incident = (values, first, last, share)
        hit = sum(1 for (_, _, mine), due in zip(self.subscriptions, self.due) if matches(mine, values)
                  for day in due if first <= day <= last)
        if hit * share < 40 or any(hides(incident, other) for other in self.incidents):
            return
        self.incidents.append(incident)

    def miss(self):
        """Which due renewals are missed; the incidents' days become those of their first and last missed one."""
        rng, missed = self.rng, []
        spans = [None] * len(self.incidents)
        for (_, _, mine), due in zip(self.subscriptions, self.due):
            gone = set()
            for day in due:
                if rng.random() < self.background:
                    gone.add(day)
                for place, (values, first, last, share) in enumerate(self.incidents):
                    if first <= day <= last and matches(mine, values) and rng.random() < share:
                        gone.add(day)
                        low, high = spans[place] or (day, day)
                        spans[place] = (min(low, day), max(high, day))
            missed.append(gone)
        self.truth = [(values, *span) for (values, _, _, _), span in zip(self.incidents, spans) if span]
        return missed

    def write(self, folder):
        with open(os.path.join(folder, "subscriptions.csv"), "w") as file:
            file.write("subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method\n")
            for number, (activated, ended, (offer, method, cycle, currency)) in enumerate(self.subscriptions):
                end = FROM + datetime.timedelta(days=ended) if ended < self.days else ""
                if end and end < activated:
                    end = activated
                file.write(f"S{number:07},,{offer},{activated},{end},{cycle},9.99,{currency},{method}\n")
        dates = [str(FROM + datetime.timedelta(days=day)) for day in range(self.days)]
        with open(os.path.join(folder, "charges.csv"), "w") as file:
            file.write("charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n")
            for number, due in enumerate(self.due):
                currency, gone = self.subscriptions[number][2][3], self.missed[number]
                file.write("".join(
                    f"C{number}-{day},S{number:07},renewal,{dates[day]},{dates[day]},,9.99,{currency},posted\n"
                    for day in due if day not in gone))


def matches(mine, values):
    return all(mine[NAMES.index(name)] == value for name, value in values.items())


def hides(one, other):
    """Whether both incidents are of the same renewals, or one is of some of the other's on some of its days."""
    is_part = one[0].items() <= other[0].items() or other[0].items() <= one[0].items()
    overlap = one[1] <= other[2] and other[1] <= one[2]
    # There are two currencies: both together are everybody.
    is_everybody = set(one[0]) == set(other[0]) == {"currency"}
    return one[0] == other[0] or overlap and (is_everybody or is_part and one[0] != {} and other[0] != {})


def found(binary, case, folder):
    out = os.path.join(folder, "out")
    to = FROM + datetime.timedelta(days=case.days)
    run = subprocess.run(
        [binary, "audit", "--subscriptions", f"{folder}/subscriptions.csv", "--charges", f"{folder}/charges.csv",
         "--from", str(FROM), "--to", str(to), "--output", out, "--force", "--quiet"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"incidents: {binary} ended with {run.returncode}: {run.stderr}")
    rows = []
    with open(os.path.join(out, "incidents.csv"), newline="") as file:
        for row in csv.DictReader(file):
            values = dict(part.split("=", 1) for part in row["dimensions"].split("; ") if part)
            days = [(datetime.date.fromisoformat(row[name]) - FROM).days for name in ("first_day", "last_day")]
            rows.append((values, *days))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/rinnovo")
    parser.add_argument("--sizes", default="1000,10000,50000")
    parser.add_argument("--seeds", default="20", help="how many audits of each size; one number, or one for each size")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--write", metavar="FILE", help="put the table into this file too, with what it says")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    seeds = [int(count) for count in options.seeds.split(",")]
    if len(seeds) == 1:
        seeds *= len(sizes)
    if len(seeds) != len(sizes):
        parser.error("--seeds has one number, or one for each of --sizes")
    told = ["| subscriptions | audits | planted | exact | dimensions | invented | precision | recall |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|"]
    print("\n".join(told), flush=True)
    for size, audits in zip(sizes, seeds):
        planted = exact = dimensions = reported = invented = 0
        for seed in range(options.first_seed, options.first_seed + audits):
            case = Case(seed, size)
            with tempfile.TemporaryDirectory() as folder:
                case.write(folder)
                rows = found(options.binary, case, folder)
            right = [truth for truth in case.truth if truth in rows]
            alike = [truth for truth in case.truth
                     if any(truth[0] == row[0] and truth[1] <= row[2] and row[1] <= truth[2] for row in rows)]
            wrong = [row for row in rows if not any(
                truth[0] == row[0] and truth[1] <= row[2] and row[1] <= truth[2] for truth in case.truth)]
            planted, exact, dimensions = planted + len(case.truth), exact + len(right), dimensions + len(alike)
            reported, invented = reported + len(rows), invented + len(wrong)
            if options.verbose and (len(right) < len(case.truth) or wrong):
                print(f"seed {seed}, {size} subscriptions, background {case.background}", file=sys.stderr)
                for incident, truth in zip(case.incidents, case.truth):
                    print(f"  {'      ' if truth in rows else 'missed'} {truth} {incident[1:]}", file=sys.stderr)
                for row in rows:
                    print(f"         found {row}", file=sys.stderr)
        precision = f"{(reported - invented) / reported:.3f}" if reported else "-"
        recall = f"{exact / planted:.3f}" if planted else "-"
        told.append(f"| {size:,} | {audits} | {planted} | {exact} | {dimensions} | {invented} | {precision} | {recall} |")
        print(told[-1], flush=True)
    if options.write:
        # What this file says of itself from its third paragraph on.
        explanation = "\n\n".join(__doc__.strip().split("\n\n")[2:])
        with open(options.write, "w") as file:
            file.write(
                f"# Causes found\n\nWritten by `Benchmarks/incidents.py --sizes {options.sizes} --seeds {options.seeds} --write`, "
                f"which `script/bench --incidents --write` calls with sizes up to a million: planted causes of missed "
                f"renewals, and what `incidents.csv` says of them.\n\n{explanation}\n\n"
                "Precision is the share of rows that were planted, recall the share of the planted that were found exactly.\n\n"
                + "\n".join(told) + "\n")


main()
