#!/usr/bin/env python3
"""Expected values for the tests of BillingValues, computed with Python's decimal, fractions and datetime.

    expected_values.py money SEED COUNT       reading, writing and arithmetic of amounts
    expected_values.py splits SEED COUNT      splits into equal and into weighted parts
    expected_values.py days STEP              every STEP-th day of 1900...2199: day number, ISO 8601 text
    expected_values.py validity YEAR...       for months 0...13 and days 0...32 of each year: 1 where a day is real
    expected_values.py months STEP YEAR...    the days -24...+24 months from every STEP-th day of the years
    expected_values.py cycles CYCLE... DATE...  the first days of ten years of cycles activated on each date
    expected_values.py tables                 writes the tables beside this script again

Every output begins with a comment line that holds its arguments; fields are separated by tabs. The same arguments
give the same bytes on every machine: the random numbers are SplitMix64, not Python's own.
"""

import calendar
import datetime
import decimal
import fractions
import pathlib
import re
import sys

SMALLEST, LARGEST = -(2**63), 2**63 - 1
EXPONENTS = (0, 2, 3, 4)
EDGES = [0, 1, -1, 2, -2, 5, -5, 99, -100, LARGEST, LARGEST - 1, LARGEST - 2, SMALLEST, SMALLEST + 1, SMALLEST + 2]
ROUNDINGS = {
    "halfUp": decimal.ROUND_HALF_UP,
    "halfDown": decimal.ROUND_HALF_DOWN,
    "halfEven": decimal.ROUND_HALF_EVEN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "ceiling": decimal.ROUND_CEILING,
    "floor": decimal.ROUND_FLOOR,
}
EPOCH = datetime.date(1970, 1, 1).toordinal()
TABLES = {
    "money.tsv": ["money", "1", "2000"],
    "splits.tsv": ["splits", "2", "300"],
    "days.tsv": ["days", "97"],
    "validity.tsv": ["validity", "1900", "2000", "2023", "2024", "2100"],
    "months.tsv": ["months", "9", "2023", "2024"],
    "cycles.tsv": ["cycles", "P1M", "P3M", "P1Y", "P30D", "2024-01-29", "2024-01-30", "2024-01-31", "2024-02-29"],
}


class SplitMix64:
    def __init__(self, seed):
        self.state = seed % 2**64

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return z ^ (z >> 31)

    def below(self, bound):
        return self.next() % bound

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def units(self):
        """A 64-bit number of any size, an edge now and then."""
        if self.below(8) == 0:
            return self.pick(EDGES)
        size = self.next() >> (1 + self.below(63))
        return -size if self.below(2) else size


def bounded(value):
    return str(value) if SMALLEST <= value <= LARGEST else "overflow"


# Money


def written(units, exponent):
    return format(decimal.Decimal(units).scaleb(-exponent), "f")


def read(text, exponent):
    if text == "":
        return "empty"
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return "notAnAmount"
    if len(text.partition(".")[2]) > exponent:
        return "tooManyDecimals"
    units = int(decimal.Decimal(text).scaleb(exponent))
    return str(units) if SMALLEST <= units <= LARGEST else "outOfRange"


def amount_text(random, exponent):
    """An amount, sometimes just outside 64 bits, sometimes shortened, padded or damaged."""
    units = random.units()
    if random.below(10) == 0:
        units = random.pick((SMALLEST, LARGEST)) + random.below(5) - 2
    text = written(units, exponent)
    for _ in range(random.pick((0, 0, 1, 1, 2))):
        place = random.below(len(text) + 1)
        change = random.below(5)
        if change == 0:
            text = text[:place] + random.pick("0123456789.-+ ,eE_N\u2212\u0663\uff11\u00a0/:") + text[place:]
        elif change == 1:
            text = text[:place] + text[place + 1 :]
        elif change == 2:
            text = text[:place]
        elif change == 3:
            text = text + "0"
        else:
            text = text.replace("-", "-00") if text.startswith("-") else "0" + text
    return text


def money(random, count):
    for _ in range(count):
        kind = random.pick(("read", "read", "write", "add", "subtract", "negate", "times", "ratio", "ratio"))
        a, b, c = random.units(), random.units(), random.units()
        exponent = random.pick(EXPONENTS)
        if kind == "read":
            text = amount_text(random, exponent)
            yield kind, exponent, text, read(text, exponent)
        elif kind == "write":
            yield kind, exponent, a, written(a, exponent)
        elif kind == "add":
            yield kind, a, b, bounded(a + b)
        elif kind == "subtract":
            yield kind, a, b, bounded(a - b)
        elif kind == "negate":
            yield kind, a, bounded(-a)
        elif kind == "times":
            yield kind, a, b, bounded(a * b)
        else:
            if random.below(2):
                # Small denominators, so that exact halves are common.
                a, b, c = a % 2000 - 1000, b % 100, random.pick((1, -1)) * (c % 12)
            name = random.pick(sorted(ROUNDINGS))
            if c == 0:
                result = "divisionByZero"
            else:
                quotient = decimal.Decimal(a) * decimal.Decimal(b) / decimal.Decimal(c)
                result = bounded(int(quotient.to_integral_value(rounding=ROUNDINGS[name])))
            yield kind, name, a, b, c, result


def joined(numbers):
    return ",".join(map(str, numbers))


def weighted_parts(units, weights):
    """Largest remainders in exact fractions, on the size of the amount."""
    total = sum(weights)
    exact = [fractions.Fraction(abs(units) * weight, total) for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: abs(units) - sum(parts)]:
        parts[index] += 1
    return [part if units >= 0 else -part for part in parts]


def splits(random, count):
    for _ in range(count):
        units = random.units() if random.below(3) == 0 else random.below(200_001) - 100_000
        if random.below(2):
            parts = random.below(61) - 1
            result = "invalidParts" if parts < 1 else joined(weighted_parts(units, [1] * parts))
            yield "equal", units, parts, result
        else:
            weights = [random.below(random.pick((3, 100, 2**63))) for _ in range(1 + random.below(12))]
            if random.below(20) == 0:
                weights[random.below(len(weights))] = -1
            refused = min(weights) < 0 or sum(weights) == 0
            yield "weighted", units, joined(weights), "invalidParts" if refused else joined(
                weighted_parts(units, weights)
            )


# The calendar


def day_number(date):
    return date.toordinal() - EPOCH


def days(step):
    last = datetime.date(2199, 12, 31).toordinal()
    for ordinal in range(datetime.date(1900, 1, 1).toordinal(), last + 1, step):
        date = datetime.date.fromordinal(ordinal)
        yield day_number(date), date.isoformat()


def is_real(year, month, day):
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def validity(years):
    for year in years:
        yield year, "".join("01"[is_real(year, month, day)] for month in range(14) for day in range(33))


def months_later(date, months):
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def months(step, years):
    for year in years:
        first, last = (datetime.date(year, *ends).toordinal() for ends in ((1, 1), (12, 31)))
        for ordinal in range(first, last + 1, step):
            date = datetime.date.fromordinal(ordinal)
            yield date.isoformat(), joined(day_number(months_later(date, count)) for count in range(-24, 25))


def cycle_starts(cycle, activation):
    count, unit = int(cycle[1:-1]), cycle[-1]
    last = datetime.date(activation.year + 10, activation.month, min(activation.day, 28))
    starts, start = [], activation
    while start <= last:
        starts.append(day_number(start))
        passed = len(starts) * count
        if unit in "YM":
            start = months_later(activation, passed * 12 if unit == "Y" else passed)
        else:
            start = activation + datetime.timedelta(days=passed * 7 if unit == "W" else passed)
    return starts


def cycles(arguments):
    names = [name for name in arguments if name.startswith("P")]
    for date in (datetime.date.fromisoformat(name) for name in arguments if not name.startswith("P")):
        for name in names:
            yield name, date.isoformat(), joined(cycle_starts(name, date))


def section(arguments):
    name, rest = arguments[0], arguments[1:]
    if name == "cycles":
        return cycles(rest)
    numbers = [int(argument) for argument in rest]
    if name in ("money", "splits"):
        return {"money": money, "splits": splits}[name](SplitMix64(numbers[0]), numbers[1])
    if name == "days":
        return days(numbers[0])
    if name == "validity":
        return validity(numbers)
    if name == "months":
        return months(numbers[0], numbers[1:])
    sys.exit(__doc__)


def table(arguments):
    lines = ["# " + " ".join(arguments)]
    lines += ["\t".join(map(str, record)) for record in section(arguments)]
    return "".join(line + "\n" for line in lines).encode("utf-8")


def main(arguments):
    # Wide enough that no product or quotient of 64-bit numbers is rounded before its own rounding rule.
    decimal.getcontext().prec = 100
    if arguments == ["tables"]:
        for name, arguments in TABLES.items():
            (pathlib.Path(__file__).parent / name).write_bytes(table(arguments))
    elif arguments:
        sys.stdout.buffer.write(table(arguments))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
