"""What the benchmarks share: their options, generated data, runs of programs as processes of their own, and tables."""
import argparse
import hashlib
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import time
from statistics import median

MONTHS = 12
SEED = 1
WINDOW = ("2025-01-01", "2026-01-01")
THREADS = 2  # what the peers are set to
DEFAULT_RUNS = 5

# What changes the peers' work when it is set.
PEER_SETTINGS = ("W1", "ENGINE", "NUMID", "EXPLAIN")


class Wrong(Exception):
    """A program did not finish, or its result is not the truth: nothing it took is worth reporting."""


class CannotRun(Exception):
    """The benchmark itself lacks something."""


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


# --- From the command line to the report ---

def parser(called_as):
    """What every benchmark beside peers is told by script/bench; `finished` completes it."""
    made = argparse.ArgumentParser(allow_abbrev=False, description=f"Called by {called_as}, which see.")
    made.add_argument("--binary", type=pathlib.Path, required=True, help="the rinnovo to measure")
    made.add_argument("--revision", default="", help="what the report says of the sources of the binary")
    made.add_argument("--peers", type=pathlib.Path, required=True, help="where gen.py and the peers' scripts are")
    made.add_argument("--python", type=pathlib.Path, help="a Python with what the peers need")
    made.add_argument("--data", type=pathlib.Path, required=True, help="where the generated data are kept")
    made.add_argument("--runs", type=int, default=DEFAULT_RUNS)
    made.add_argument("--write", type=pathlib.Path, metavar="FILE", help="put the report into this file too")
    return made


def finished(made, sizes):
    made.add_argument("--size", choices=sizes, default="medium")
    options = made.parse_args()
    for name in ("binary", "peers", "python", "data"):
        # Not resolved: the python of a virtual environment is a link that must not be followed.
        if path := getattr(options, name):
            setattr(options, name, path.absolute())
    return options


def told(options, benchmark):
    """Runs a benchmark, which gives what stands above its report in a file and the report, and tells them.

    The value is the exit code of script/bench.
    """
    try:
        options.data.mkdir(parents=True, exist_ok=True)
        introduction, report = benchmark(options)
    except Wrong as wrong:
        say(f"WRONG: {wrong}")
        return 1
    except (CannotRun, OSError, subprocess.CalledProcessError) as problem:
        say(problem)
        return 70
    print(report, end="")
    if options.write:
        options.write.write_text(introduction + report)
        say(f"wrote {options.write}")
    return 0


# --- The data ---

def blocks(file):
    buffer = bytearray(1 << 20)
    with open(file, "rb", buffering=0) as stream:
        while count := stream.readinto(buffer):
            yield buffer, count


def lines(file):
    return sum(buffer.count(b"\n", 0, count) for buffer, count in blocks(file))


def generated(options, name, subscriptions, xml_rows=0):
    """The folder of the data set of this size; generated, unless the same generator made it already."""
    folder = options.data / name
    arguments = f"--subscriptions {subscriptions} --months {MONTHS} --seed {SEED} --xml-rows {xml_rows}".split()
    digest = hashlib.sha256()
    for file in [options.peers / "gen.py", *sorted((options.peers / "src").glob("*"))]:
        digest.update(file.read_bytes())
    origin = f"gen.py {' '.join(arguments)}\n{digest.hexdigest()}\n"
    note = folder / "made-by.txt"
    if not note.exists() or note.read_text() != origin:
        say(f"generating {name}: {subscriptions:,} subscriptions")
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, str(options.peers / "gen.py"), *arguments, "--out", str(folder)]
        made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if made.returncode != 0:
            raise CannotRun(f"the generator failed:\n{made.stdout}")
        # Last, so that data whose making was cut short are made again.
        note.write_text(origin)
    return folder


# --- One run ---

class Run:
    """What one process took: seconds of wall time, seconds of CPU (user and system), peak memory in MB."""

    def __init__(self, wall, usage):
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def environment():
    return {name: value for name, value in os.environ.items()
            if name not in PEER_SETTINGS and not name.startswith(("POLARS_", "DUCKDB_", "RINNOVO_"))}


def measured(command, expected_codes, log):
    """Runs one program as a process of its own and waits for it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment(), file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in expected_codes:
        end = log.read_text(errors="replace")[-2000:]
        raise Wrong(f"{' '.join(command)}\nended with {code}:\n{end}")
    return Run(wall, usage)


# --- Tables ---

def spread(values, digits=2):
    low, high = min(values), max(values)
    return f"{median(values):.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def columns(runs):
    return [spread([run.wall for run in runs]), spread([run.cpu for run in runs]),
            spread([run.memory for run in runs], 0)]


def table(head, *rows):
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows)) + "\n"


def counted(runs):
    return "1 run" if runs == 1 else f"{runs} runs"


def target(what, limit, value, met):
    return [what, limit, value, "yes" if met else "**no**"]


# --- The machine ---

def processor():
    information = pathlib.Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*: (.+)$", information.read_text() if information.exists() else "", re.M)
    return model[1] if model else platform.processor() or platform.machine()


def memory_size():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
