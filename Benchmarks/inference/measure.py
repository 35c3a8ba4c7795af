#!/usr/bin/env python3
"""Precision and recall of what an audit infers without a subscriptions file, over generated charges.

    Benchmarks/inference/measure.py [RINNOVO [LINES [SEEDS]]]

Each kind of history is generated LINES times for each seed: renewals of a cycle, of which some are left out. Printed is
a table in Markdown: how many lines were judged, how many of the findings are true, and how many of the planted gaps
were found. A finding is true when a planted gap of its line is due within four days of it, or on its day where the
charges state their periods.
"""
import calendar, csv, datetime, json, os, random, subprocess, sys, tempfile

DAY = datetime.timedelta(1)


def month(first, count, anchor):
    number = first.year * 12 + first.month - 1 + count
    year, rest = divmod(number, 12)
    return datetime.date(year, rest + 1, min(anchor, calendar.monthrange(year, rest + 1)[1]))


def starts(cycle, first, count):
    if cycle.endswith("M"):
        step = int(cycle[1:-1])
        return [month(first, step * k, first.day) for k in range(count + 1)]
    return [first + DAY * int(cycle[1:-1]) * k for k in range(count + 1)]


def history(rng, name, kind, writer, truth):
    cycle = rng.choice(kind["cycles"])
    count = kind["charges"]
    days = starts(cycle, datetime.date(2022, 1, 1) + DAY * rng.randrange(365), count)
    gaps = set(rng.sample(range(1, count - 1), rng.choice([0, 0, 1, 2, 3]) if kind["gaps"] else 0))
    change = rng.randrange(3, count - 2) if rng.random() < 0.2 else 0
    gaps -= {change - 1, change}
    for k in range(count):
        if k in gaps:
            truth.append((name, days[k]))
            continue
        on = days[k] + DAY * rng.randint(0, kind["spread"])
        if kind["random"]:
            on = datetime.date(2022, 1, 1) + DAY * rng.randrange(700)
        states = kind["states"]
        writer.writerow([f"{name}-{k}", name, "renewal", on, days[k] if states else "",
                         days[k + 1] - DAY if states else "", "9.99" if k < change or not change else "11.99",
                         "EUR", "posted"])


KINDS = {
    "months and 28 to 90 days, periods stated, 12 charges": dict(states=True, spread=5, charges=12),
    "the same, 6 charges": dict(states=True, spread=5, charges=6),
    "by days, always on the day, 12 charges": dict(states=False, spread=0, charges=12),
    "by days, up to 2 days late, 14 charges": dict(states=False, spread=2, charges=14),
    "by days, up to 5 days late, 24 charges": dict(states=False, spread=5, charges=24),
    "by days, up to 5 days late, 12 charges": dict(states=False, spread=5, charges=12),
    "without a gap, up to 5 days late, 24 charges": dict(states=False, spread=5, charges=24, gaps=False),
    "random days, 12 charges": dict(states=False, spread=0, charges=12, gaps=False, random=True),
}


def measure(rinnovo, name, kind, lines, seeds):
    kind = dict(dict(cycles=["P1M", "P1M", "P1M", "P28D", "P30D", "P2M", "P90D"], gaps=True, random=False), **kind)
    judged = total = planted = found = true = hit = 0
    for seed in seeds:
        rng = random.Random(f"{seed} {name}")
        truth = []
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "charges.csv")
            with open(path, "w", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow("charge_id subscription_id kind charged_on period_start period_end amount currency "
                                "status".split())
                for number in range(lines):
                    history(rng, f"L{number:06}", kind, writer, truth)
            out = os.path.join(folder, "out")
            subprocess.run([rinnovo, "audit", "--charges", path, "--from", "2021-12-01", "--to", "2040-01-01",
                            "--output", out, "--quiet"], stderr=subprocess.DEVNULL)
            with open(os.path.join(out, "summary.json")) as file:
                judged += json.load(file)["inferred"]["subscriptions"]
            total += lines
            by_line = {}
            for line, day in truth:
                by_line.setdefault(line, []).append(day)
            planted += len(truth)
            hits = set()
            with open(os.path.join(out, "discrepancies.csv"), newline="") as file:
                for row in csv.DictReader(file):
                    if row["rule"] != "uncharged-renewal":
                        continue
                    due = datetime.date.fromisoformat(row["due_on"])
                    found += 1
                    room = 0 if kind["states"] else 4
                    near = [d for d in by_line.get(row["subscription_id"], []) if abs((d - due).days) <= room]
                    true += bool(near)
                    hits.update((row["subscription_id"], d) for d in near)
            hit += len(hits)
    share = lambda part, whole: f"{100 * part / whole:.2f} %" if whole else "-"
    print(f"| {name} | {share(judged, total)} | {planted:,} | {found:,} | {share(true, found)} | {share(hit, planted)} |")


def main():
    rinnovo = sys.argv[1] if len(sys.argv) > 1 else ".build/release/rinnovo"
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    seeds = range(int(sys.argv[3]) if len(sys.argv) > 3 else 5)
    print("| histories | lines judged | gaps planted | found | precision | recall |")
    print("|---|---|---|---|---|---|")
    for name, kind in KINDS.items():
        measure(rinnovo, name, kind, lines, seeds)


if __name__ == "__main__":
    main()
