#!/usr/bin/env python3
"""Times `rinnovo audit`, `validate` and `convert` on XML beside the programs that people use for it.

script/bench --xml builds the program, prepares the peers' Python and calls this; see `script/bench --help`.
The report is Markdown on standard output, the progress is on standard error.
"""
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
    THREADS, WINDOW, Wrong, blocks, counted, finished, generated, measured, memory_size, parser, processor, say,
    spread, table, target, told)

# Directory and number of subscriptions: a tenth of the size, and the size.
SIZES = {
    "small": (("xml-small-tenth", 2_640), ("xml-small", 26_400)),
    "medium": (("xml-tenth", 26_400), ("xml", 264_000)),
}
MEMORY_TARGET = 64  # MB, of validate and convert, whatever the size


class Work:
    """One kind of work: Rinnovo's command, and for each peer its command and how many times as fast Rinnovo shall be."""

    def __init__(self, name, own, peers, output=None, check=None):
        self.name, self.own, self.peers, self.output, self.check = name, own, peers, output, check

    def programs(self):
        return {"Rinnovo": self.own} | {name: command for name, (command, _) in self.peers.items()}


def works(options, data, output):
    """What is measured, on one set of data; `output` is where each program writes."""
    rinnovo, threads = str(options.binary), ["--threads", str(THREADS)]
    charges_xml, charges_csv = str(data / "charges.xml"), str(data / "charges.csv")
    schema, peers, python = str(options.peers / "charges.xsd"), options.peers, str(options.python)
    folder, xml, text = str(output / "audit"), str(output / "out.xml"), str(output / "out.csv")
    return [
        Work("audit from XML",
             [rinnovo, "audit", "--subscriptions", str(data / "subscriptions.csv"), "--charges", charges_xml, "--from",
              WINDOW[0], "--to", WINDOW[1], "--output", folder, "-q", *threads],
             {"xmllint --sax (parsing alone)": (["xmllint", "--sax", "--noout", charges_xml], 1)}),
        Work("validation by XSD", [rinnovo, "validate", "--schema", schema, charges_xml, *threads],
             {"xmllint --stream": (["xmllint", "--stream", "--noout", "--schema", schema, charges_xml], 2)}),
        Work("XML to CSV", [rinnovo, "convert", charges_xml, text, *threads],
             {"xsltproc": (["xsltproc", "-o", text, str(peers / "charges.xslt"), charges_xml], 10),
              "lxml iterparse (counting alone)": ([python, str(peers / "pyxml.py"), "lxml", charges_xml], 5)},
             output=text, check=charges_csv),
        Work("CSV to XML", [rinnovo, "convert", charges_csv, xml, *threads],
             {"DuckDB (SQL)": ([python, str(peers / "conv_duckdb.py"), "xmlsql", charges_csv, xml], 5)},
             output=xml, check=charges_xml),
    ]


def run(work, name, command, data, output):
    """One run of one program, with Rinnovo's result checked; the checking is not timed."""
    for file in ("charges.xml", "charges.csv", "subscriptions.csv"):
        for _ in blocks(data / file):
            pass
    found = [shutil.which(command[0]) or command[0], *command[1:]]
    codes = (0, 1) if name == "Rinnovo" and "audit" in command else (0,)
    try:
        result = measured(found, codes, output / "log")
        if name == "Rinnovo" and work.check and not filecmp.cmp(work.output, work.check, shallow=False):
            raise Wrong(f"{work.name}: {work.output} is not {work.check}")
    except OSError as problem:
        raise Wrong(f"{name}: {problem!r}") from problem
    finally:
        for file in output.iterdir():
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    say(f"  {work.name}, {name}: {result.wall:.2f} s, CPU {result.cpu:.2f} s, {result.memory:.0f} MB")
    return result


def side_by_side(options, data, output):
    """The runs of each program for each work; one round runs each of them once."""
    every = works(options, data, output)
    runs = {work.name: {name: [] for name in work.programs()} for work in every}
    for number in range(options.runs + 1):
        say(f"round {number} of {options.runs}" if number else "warming up")
        for work in every:
            for name, command in work.programs().items():
                result = run(work, name, command, data, output)
                # The first run of each does not count.
                if number:
                    runs[work.name][name].append(result)
    return every, runs


def tenth(options, data, output):
    """Rinnovo alone on a tenth of the data: what memory each work takes."""
    say("a tenth of the data")
    return {work.name: run(work, "Rinnovo", work.own, data, output).memory for work in works(options, data, output)}


def report(options, every, runs, tenths):
    rows, targets = [], []
    for work in every:
        own = runs[work.name]["Rinnovo"]
        rows.append([work.name, "**Rinnovo**", *figures(own), ""])
        for name, (_, factor) in work.peers.items():
            ratios = [peer.wall / mine.wall for peer, mine in zip(runs[work.name][name], own)]
            rows.append(["", name, *figures(runs[work.name][name]), spread(ratios, 1)])
            wanted = "no slower" if factor == 1 else f"{factor} times as fast"
            targets.append(target(f"{work.name}, against {name}", wanted, f"{median(ratios):.1f} times",
                                  median(ratios) >= factor))
    for work in every[1:]:
        memory = max([run.memory for run in runs[work.name]["Rinnovo"]] + [tenths[work.name]])
        targets.append(target(f"{work.name}, peak memory, on all and on a tenth", f"at most {MEMORY_TARGET} MB",
                              f"{memory:.0f} MB, {tenths[work.name]:.0f} MB", memory <= MEMORY_TARGET))
    return "\n".join([
        "## XML beside its peers\n",
        f"Median (lowest to highest) of {counted(options.runs)}; the last column is how many times as fast Rinnovo "
        "was, the median of the ratios within a round.\n",
        table(["work", "program", "wall, s", "CPU, s", "peak memory, MB", "Rinnovo is faster"], *rows),
        "## Targets\n",
        table(["what", "target", "measured", "met"], *targets),
    ])


def figures(runs):
    return [spread([run.wall for run in runs]), spread([run.cpu for run in runs]),
            spread([run.memory for run in runs], 0)]


def circumstances(options, data, load):
    def first_line(*command):
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip().splitlines()[0]

    python = subprocess.run(
        [options.python, "-c", "import duckdb, platform, lxml\n"
         "print('DuckDB', duckdb.__version__ + ', lxml', lxml.__version__ + ', Python', platform.python_version())"],
        check=True, capture_output=True, text=True).stdout.strip()
    sizes = {name: (data / name).stat().st_size / 1e6 for name in ("charges.xml", "charges.csv")}
    return "\n".join([
        "## Machine, versions, data\n",
        f"- date: {datetime.date.today()}",
        f"- processor: {processor()}, {os.cpu_count()} cores; memory: {memory_size():.1f} GB; "
        f"{platform.system()} {platform.release()}; load average at the start: {load:.2f}",
        f"- {first_line(str(options.binary), '--version')}, {options.revision or 'no revision'}",
        f"- {first_line('xmllint', '--version')}; {first_line('xsltproc', '--version')}",
        f"- {python}",
        f"- charges: {sizes['charges.xml']:,.0f} MB of XML, {sizes['charges.csv']:,.0f} MB of CSV\n",
    ])


INTRODUCTION = f"""# Benchmarks of XML

Written by `script/bench --xml --write`; the same command repeats it.
The data generator and the peers' scripts that it needs are not part of this repository: `--peers DIR` says
where they are.

Each program is a process of its own, from its start to its end; the programs take turns, after one run of each that
does not count, and every input is read once before each run. Rinnovo runs with {THREADS} threads. `audit` does all of
its work and writes all of its files while its peer only parses; lxml only counts the records while Rinnovo writes
them. What Rinnovo converts is compared with the generator's own file, byte for byte.

Only the ratios count. The times belong to the machine below on that day; they do not travel to another.

"""


def benchmark(options):
    load = os.getloadavg()[0]
    small, full = (generated(options, *size, xml_rows=-1) for size in SIZES[options.size])
    with tempfile.TemporaryDirectory(prefix="run-", dir=options.data) as output:
        every, runs = side_by_side(options, full, pathlib.Path(output))
        tenths = tenth(options, small, pathlib.Path(output))
    return INTRODUCTION, report(options, every, runs, tenths) + "\n" + circumstances(options, full, load)


if __name__ == "__main__":
    sys.exit(told(finished(parser("script/bench --xml"), SIZES), benchmark))
