#!/usr/bin/env python3
"""Write the Easy Pay sample: subscriptions.csv, charges.csv and truth.csv, beside this file.

The story: an Italian operator's billing run skipped the renewals of one offer ("Easy Pay")
for one payment method (card) from 1 August to 31 October 2025. Nobody else was affected.
Around that incident stand a few of each case that looks like a missed renewal and is none,
and of each other thing that can be wrong with a charge. README.md tells it for people.

truth.csv is written from the same decisions that shape the charges, not by auditing them:
it can disagree with an audit, and that is its use. A row with the rule `none` names a period
for which no finding may be reported.

Nothing here depends on the clock, the locale, hash order or Python's own `random`: the same
seed gives the same bytes on every Python 3.7 and later. Money is counted in cents.

    generate.py              write the files
    generate.py --check      write nothing; exit 1 when the files here, or the figures quoted
                             in README.md, differ from what would be written
    generate.py --summary    print the figures that README.md quotes
"""

import argparse
import datetime
import pathlib
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Callable, List, Optional

FOLDER = pathlib.Path(__file__).resolve().parent
DEFAULT_SEED = 20240917

# The audit that truth.csv answers: `--from 2025-01-01 --to 2025-12-01`. The export goes on for
# a few days, so that a renewal of the last days of November can be seen paid within its grace.
AUDIT_FROM = datetime.date(2025, 1, 1)
AUDIT_TO = datetime.date(2025, 12, 1)
EXPORT_FIRST_DAY = AUDIT_FROM
EXPORT_LAST_DAY = datetime.date(2025, 12, 5)

INCIDENT_FROM = datetime.date(2025, 8, 1)
INCIDENT_TO = datetime.date(2025, 11, 1)


class SplitMix64:
    """Steele, Lea and Flood's generator: 64 bits of state, the same numbers everywhere."""

    MASK = (1 << 64) - 1

    def __init__(self, seed: int):
        self.state = seed & self.MASK

    def next(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & self.MASK
        return mixed ^ (mixed >> 31)

    def below(self, bound: int) -> int:
        """A number in 0 ..< bound; the bias of the remainder is of no account for a sample."""
        return self.next() % bound

    def day(self, first: datetime.date, last: datetime.date) -> datetime.date:
        return first + datetime.timedelta(days=self.below((last - first).days + 1))


@dataclass(frozen=True)
class Offer:
    name: str
    cycle: str
    cents: int


EASY_PAY = Offer("Easy Pay", "P1M", 999)
MOBILE = Offer("Mobile 100", "P30D", 799)
FIBRE = Offer("Fibra Casa", "P1M", 2490)
SUMMER = Offer("Summer 28", "P28D", 699)
DATA = Offer("Sim Dati", "P3M", 1497)
FAMILY = Offer("Family Anno", "P1Y", 9900)

CARD = "card"
DEBIT = "direct_debit"
CREDIT = "prepaid_credit"


@dataclass
class Subscription:
    offer: Offer
    payment_method: str
    activated_on: datetime.date
    ended_on: Optional[datetime.date] = None
    msisdn: str = ""
    identifier: str = ""
    # The one period whose charges a case writes, and that case.
    case: Optional["Case"] = None
    case_start: Optional[datetime.date] = None

    def start(self, k: int) -> datetime.date:
        """The first day of period k; period 0 is the activation itself."""
        number, unit = int(self.offer.cycle[1:-1]), self.offer.cycle[-1]
        if unit == "D":
            return self.activated_on + datetime.timedelta(days=k * number)
        return add_months(self.activated_on, k * number * (12 if unit == "Y" else 1))

    def renewals(self):
        """Every (first day, last day) of the periods 1, 2, ... that start within the export."""
        k = 1
        while self.start(k) <= EXPORT_LAST_DAY:
            yield self.start(k), self.start(k + 1) - datetime.timedelta(days=1)
            k += 1

    def is_due(self, start: datetime.date) -> bool:
        return self.ended_on is None or start < self.ended_on


@dataclass
class Charge:
    subscription_id: str
    kind: str
    charged_on: datetime.date
    period_start: Optional[datetime.date]
    period_end: Optional[datetime.date]
    amount: str
    currency: str = "EUR"
    status: str = "posted"
    channel: str = "billing-run"


@dataclass(frozen=True)
class Case:
    """What is special about one period of one subscription.

    `write` returns the charges of the period; `claim` shifts the period that the finding
    names against the one that was due; `end` is the day on which the subscription ends, in
    days from the start of that period.
    """

    rule: str
    story: str
    write: Callable[[Subscription, datetime.date, datetime.date], List[Charge]]
    claim: int = 0
    end: Optional[int] = None


def days(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)


def add_months(date: datetime.date, months: int) -> datetime.date:
    """Counted from `date` itself, clamped to the month's end: 31 January, 28 February, 31 March."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    first_of_next = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return datetime.date(year, month + 1, min(date.day, (first_of_next - days(1)).day))


def money(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return "%s%d.%02d" % (sign, abs(cents) // 100, abs(cents) % 100)


# --- The charges of one period -----------------------------------------------------------------


def renewal(offset=0, cents=None, kind="renewal", shift=0, unlabelled=False, amount=None, **fields):
    """A function that writes one charge, `offset` days after the period's first day.

    `cents` maps the price to what is charged; `amount` is written as it stands.
    """

    def write(subscription, start, end):
        charged = cents(subscription.offer.cents) if cents else subscription.offer.cents
        return Charge(
            subscription.identifier,
            kind,
            start + days(offset),
            None if unlabelled else start + days(shift),
            None if unlabelled else end + days(shift),
            money(charged) if amount is None else amount,
            **fields,
        )

    return write


def charges(*writers):
    return lambda subscription, start, end: [write(subscription, start, end) for write in writers]


def part(price: int) -> int:
    return price * 2 // 5


def refund(offset: int):
    return renewal(offset, cents=lambda price: -price, kind="refund", channel="customer-care")


ON_TIME = charges(renewal())
NOTHING = charges()

# Each case with the subscriptions that show it: an offer, how it is paid, and a day; the case
# falls on the first renewal on or after that day. A fourth entry, where there is one, is the
# activation day, for cases that hang on it. None lies in the incident, except where its story
# says so.
CASES = [
    (Case("uncharged-renewal", "isolated miss outside the incident", NOTHING), [
        (MOBILE, CREDIT, "2025-02-11"), (FIBRE, DEBIT, "2025-04-03"), (EASY_PAY, DEBIT, "2025-09-09"),
        (SUMMER, CREDIT, "2025-06-17"), (EASY_PAY, CARD, "2025-05-21")]),
    (Case("uncharged-renewal", "quarterly renewal missed", NOTHING), [(DATA, CARD, "2025-04-10")]),
    (Case("uncharged-renewal", "yearly renewal missed", NOTHING), [(FAMILY, CARD, "2025-03-12")]),
    (Case("charged-late", "charged twelve days late", charges(renewal(12))), [
        (MOBILE, CREDIT, "2025-03-04"), (FIBRE, CARD, "2025-09-15")]),
    (Case("charged-late", "charged on the sixth day: the first one outside the grace", charges(renewal(6))), [
        (EASY_PAY, DEBIT, "2025-06-02")]),
    (Case("charged-late", "charged together with the next renewal", charges(renewal(31))), [
        (EASY_PAY, CARD, "2025-03-18", "2023-05-18")]),
    (Case("none", "charged on the fifth day: the last one within the grace", charges(renewal(5))), [
        (EASY_PAY, DEBIT, "2025-08-12"), (MOBILE, CREDIT, "2025-05-06")]),
    (Case("charged-early", "charged nine days early", charges(renewal(-9))), [
        (FIBRE, DEBIT, "2025-05-14"), (MOBILE, CREDIT, "2025-10-01")]),
    (Case("charged-early", "charged six days early: the first one outside the grace", charges(renewal(-6))), [
        (SUMMER, CREDIT, "2025-03-20")]),
    (Case("none", "charged five days early: still within the grace", charges(renewal(-5))), [
        (FIBRE, CARD, "2025-07-08")]),
    (Case("duplicate-charge", "charged twice", charges(renewal(), renewal(1))), [
        (EASY_PAY, DEBIT, "2025-04-22"), (MOBILE, CREDIT, "2025-07-15"), (FIBRE, CARD, "2025-10-07")]),
    (Case("none", "charged twice and one given back", charges(renewal(), renewal(1), refund(6))), [
        (EASY_PAY, DEBIT, "2025-05-05"), (MOBILE, CREDIT, "2025-09-02"), (FIBRE, DEBIT, "2025-02-18")]),
    (Case("refunded-renewal", "charged and given back as goodwill", charges(renewal(), refund(8))), [
        (EASY_PAY, CARD, "2025-04-08"), (FIBRE, DEBIT, "2025-08-19"), (MOBILE, CREDIT, "2025-06-24")]),
    (Case("collection-failed", "two attempts: both failed",
          charges(renewal(0, status="failed"), renewal(3, status="failed"))), [
        (EASY_PAY, CARD, "2025-02-05"), (FIBRE, CARD, "2025-06-11"), (EASY_PAY, DEBIT, "2025-10-14")]),
    (Case("collection-failed", "collected and reversed by the bank", charges(renewal(0, status="reversed"))), [
        (FIBRE, DEBIT, "2025-03-25")]),
    (Case("none", "failed and then paid",
          charges(renewal(0, status="failed"), renewal(2, channel="retry"))), [
        (EASY_PAY, CARD, "2025-06-10"), (FIBRE, CARD, "2025-09-04"), (EASY_PAY, DEBIT, "2025-09-23")]),
    (Case("none", "part of the price and then the remainder",
          charges(renewal(0, cents=part), renewal(3, cents=lambda price: price - part(price), channel="top-up"))), [
        (MOBILE, CREDIT, "2025-04-15"), (SUMMER, CREDIT, "2025-08-05"), (MOBILE, CREDIT, "2025-10-21")]),
    (Case("partial-charge", "part of the price and no remainder", charges(renewal(0, cents=part))), [
        (MOBILE, CREDIT, "2025-03-11"), (SUMMER, CREDIT, "2025-05-27"), (MOBILE, CREDIT, "2025-08-26")]),
    (Case("wrong-amount", "charged three euro more than the price",
          charges(renewal(0, cents=lambda price: price + 300))), [
        (FIBRE, DEBIT, "2025-07-22"), (EASY_PAY, DEBIT, "2025-03-06"), (DATA, CARD, "2025-05-08")]),
    (Case("zero-charge", "charged zero", charges(renewal(0, amount="0.00"))), [
        (EASY_PAY, CARD, "2025-07-03"), (MOBILE, CREDIT, "2025-02-25"), (FIBRE, CARD, "2025-11-05")]),
    (Case("charge-after-end", "charged six days after the end", ON_TIME, end=-6), [
        (FIBRE, DEBIT, "2025-05-19"), (EASY_PAY, DEBIT, "2025-09-11")]),
    (Case("charge-after-end", "ended on the renewal day and charged all the same", ON_TIME, end=0), [
        (MOBILE, CREDIT, "2025-07-01")]),
    (Case("none", "ended before the renewal: nothing is due", NOTHING, end=-9), [
        (FIBRE, CARD, "2025-04-29"), (MOBILE, CREDIT, "2025-08-14")]),
    (Case("none", "ended on the renewal day: nothing is due", NOTHING, end=0), [(EASY_PAY, DEBIT, "2025-06-26")]),
    (Case("none", "ended the day after the renewal: due and charged", ON_TIME, end=1), [(FIBRE, DEBIT, "2025-10-20")]),
    (Case("none", "ended during the incident: nothing is due afterwards", NOTHING, end=-12), [
        (EASY_PAY, CARD, "2025-10-03"), (EASY_PAY, CARD, "2025-09-16")]),
    (Case("period-mismatch", "names a period three days after the one due", charges(renewal(0, shift=3)), claim=3), [
        (FIBRE, DEBIT, "2025-06-05"), (EASY_PAY, DEBIT, "2025-08-07")]),
    (Case("period-mismatch", "names a period two days before the one due", charges(renewal(0, shift=-2)), claim=-2), [
        (MOBILE, CREDIT, "2025-09-18")]),
    (Case("currency-mismatch", "charged in US dollars", charges(renewal(0, currency="USD"))), [
        (EASY_PAY, DEBIT, "2025-07-10")]),
    (Case("currency-mismatch", "charged in Swiss francs", charges(renewal(0, currency="CHF"))), [
        (FIBRE, CARD, "2025-02-13")]),
    (Case("none", "charged on time without naming its period",
          charges(renewal(1, unlabelled=True, channel="shop"))), [
        (MOBILE, CREDIT, "2025-06-03"), (FIBRE, DEBIT, "2025-09-30"), (EASY_PAY, DEBIT, "2025-10-09")]),
    (Case("none", "collection still pending when the export was made", charges(renewal(0, status="pending"))), [
        (EASY_PAY, DEBIT, "2025-11-26", "2024-03-27"), (FIBRE, DEBIT, "2025-11-26", "2024-05-28")]),
    (Case("undecided", "the only charge has an amount that is none", charges(renewal(0, amount="9,99"))), [
        (EASY_PAY, DEBIT, "2025-05-28")]),
    (Case("none", "anchor on the 31st: clamped to 28 February", ON_TIME), [
        (FIBRE, DEBIT, "2025-02-01", "2023-10-31"), (EASY_PAY, DEBIT, "2025-02-01", "2024-01-31")]),
    (Case("none", "anchor on the 31st: back on 31 March", ON_TIME), [(FIBRE, CARD, "2025-03-20", "2023-12-31")]),
    (Case("none", "anchor on the 30th: clamped to 28 February", ON_TIME), [(FIBRE, CARD, "2025-02-01", "2024-01-30")]),
    (Case("none", "anchor on 29 February: clamped to 28 February", ON_TIME), [
        (EASY_PAY, DEBIT, "2025-02-01", "2024-02-29"), (FAMILY, DEBIT, "2025-02-01", "2024-02-29")]),
    (Case("none", "anchor on 29 February: back on 29 March", ON_TIME), [(FIBRE, DEBIT, "2025-03-20", "2024-02-29")]),
    (Case("none", "quarterly anchor on the 31st: clamped to 30 November", ON_TIME), [
        (DATA, CARD, "2025-11-20", "2023-08-31")]),
]

# Charges of subscriptions that the subscriptions file does not know.
STRANGERS = [("S9001", "2025-04-17", EASY_PAY), ("S9002", "2025-07-29", MOBILE), ("S9003", "2025-10-10", FIBRE)]

# The customers to whom nothing special happens, or only the incident. They are activated on
# every day of the month in turn; card payers on a 29 February stand in CARD_ANCHORS.
POPULATION = [
    (EASY_PAY, CARD, 88), (EASY_PAY, DEBIT, 31), (MOBILE, CREDIT, 44), (MOBILE, CARD, 12),
    (FIBRE, DEBIT, 22), (FIBRE, CARD, 12), (SUMMER, CREDIT, 14), (DATA, CARD, 11), (FAMILY, CARD, 9),
]
CARD_ANCHORS = ["2024-02-29", "2024-02-29", "2023-03-31", "2024-12-31"]


# --- The subscriptions -------------------------------------------------------------------------


def make_subscriptions(random: SplitMix64) -> List[Subscription]:
    made = [case_subscription(random, case, entry) for case, entries in CASES for entry in entries]
    for offer, method, count in POPULATION:
        made += [ordinary_subscription(random, offer, method, index) for index in range(count)]
    made += [Subscription(EASY_PAY, CARD, datetime.date.fromisoformat(day)) for day in CARD_ANCHORS]

    used = set()
    for subscription in made:
        while not subscription.msisdn or subscription.msisdn in used:
            # Country code 39, then 000: no Italian number, fixed or mobile, starts like that.
            subscription.msisdn = "390000%06d" % random.below(1000000)
        used.add(subscription.msisdn)
    made.sort(key=lambda subscription: subscription.activated_on)
    for number, subscription in enumerate(made, start=1):
        subscription.identifier = "S%04d" % number
    return made


def case_subscription(random: SplitMix64, case: Case, entry) -> Subscription:
    offer, method, near = entry[:3]
    if len(entry) > 3:
        activated_on = datetime.date.fromisoformat(entry[3])
    else:
        # Not in the last days of a month: the cases of clamping name their activation day.
        activated_on = random.day(datetime.date(2023, 1, 1), datetime.date(2024, 9, 30))
        activated_on = activated_on.replace(day=min(activated_on.day, 28))
        if offer.cycle == "P1Y":
            activated_on = datetime.date.fromisoformat(near).replace(year=activated_on.year)
    subscription = Subscription(offer, method, activated_on, case=case)
    first = datetime.date.fromisoformat(near)
    subscription.case_start = next(start for start, _ in subscription.renewals() if start >= first)
    if case.end is not None:
        subscription.ended_on = subscription.case_start + days(case.end)
    return subscription


def ordinary_subscription(random: SplitMix64, offer: Offer, method: str, index: int) -> Subscription:
    day = index % 31 + 1
    months = 24 if offer is SUMMER else 32  # Summer 28 was sold until the end of 2024.
    while True:
        first_of_month = add_months(datetime.date(2023, 1, 1), random.below(months))
        activated_on = first_of_month + days(day - 1)
        if activated_on.month == first_of_month.month:
            break
    subscription = Subscription(offer, method, activated_on)
    if index % 12 == 5:
        subscription.ended_on = random.day(activated_on + days(60), datetime.date(2025, 11, 20))
    return subscription


# --- The charges and the truth -----------------------------------------------------------------


def make_charges(random: SplitMix64, subscriptions: List[Subscription]):
    written, truth = [], []
    for subscription in subscriptions:
        first_end = subscription.start(1) - days(1)
        activation = renewal(kind="activation", channel="shop")
        written.append(activation(subscription, subscription.activated_on, first_end))
        for start, end in subscription.renewals():
            if start < EXPORT_FIRST_DAY - days(10):
                continue
            delay = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2][random.below(10)]
            if start == subscription.case_start:
                case = subscription.case
                written += case.write(subscription, start, end)
                truth.append((case.rule, subscription.identifier, start + days(case.claim), case.story))
            elif not subscription.is_due(start):
                continue
            elif is_in_incident(subscription, start):
                truth.append(("uncharged-renewal", subscription.identifier, start, "incident"))
            else:
                written.append(renewal(delay)(subscription, start, end))
        if random.below(12) == 0:
            written.append(addon(random, subscription))
    for identifier, day, offer in STRANGERS:
        stranger = Subscription(offer, CARD, datetime.date.fromisoformat(day), identifier=identifier)
        written += ON_TIME(stranger, stranger.start(0), stranger.start(1) - days(1))
        story = "charge of a subscription that nobody knows"
        truth.append(("unknown-subscription", identifier, stranger.start(0), story))

    written = [charge for charge in written if EXPORT_FIRST_DAY <= charge.charged_on <= EXPORT_LAST_DAY]
    written.sort(key=lambda charge: (charge.charged_on, charge.subscription_id))
    truth.sort(key=lambda row: (row[1], row[2], row[0]))
    return written, truth


def is_in_incident(subscription: Subscription, start: datetime.date) -> bool:
    return (subscription.offer is EASY_PAY and subscription.payment_method == CARD
            and INCIDENT_FROM <= start < INCIDENT_TO)


def addon(random: SplitMix64, subscription: Subscription) -> Charge:
    """An extra that the customer bought: it settles no renewal, wherever it falls."""
    last = (subscription.ended_on or EXPORT_LAST_DAY) - days(1)
    day = random.day(min(subscription.activated_on + days(1), last), last)
    return Charge(subscription.identifier, "addon", day, None, None, "2.99", channel="app")


# --- The files ---------------------------------------------------------------------------------


def field(value) -> str:
    text = "" if value is None else str(value)
    return '"%s"' % text.replace('"', '""') if any(mark in text for mark in ',"\r\n') else text


def table(header: str, rows) -> str:
    return "".join(line + "\n" for line in [header] + [",".join(map(field, row)) for row in rows])


def render(seed: int):
    """The three files by name, and the truth as rows."""
    random = SplitMix64(seed)
    subscriptions = make_subscriptions(random)
    charges_made, truth = make_charges(random, subscriptions)
    files = {
        "subscriptions.csv": table(
            "subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method",
            [(s.identifier, s.msisdn, s.offer.name, s.activated_on, s.ended_on, s.offer.cycle,
              money(s.offer.cents), "EUR", s.payment_method) for s in subscriptions]),
        "charges.csv": table(
            "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status,channel",
            [("C%06d" % number, c.subscription_id, c.kind, c.charged_on, c.period_start, c.period_end,
              c.amount, c.currency, c.status, c.channel) for number, c in enumerate(charges_made, start=1)]),
        "truth.csv": table("rule,subscription_id,period_start,story", truth),
    }
    return files, truth


def summary(files, truth) -> str:
    incident = [row for row in truth if row[3] == "incident"]
    lines = [
        "subscriptions           %5d" % (files["subscriptions.csv"].count("\n") - 1),
        "charges                 %5d" % (files["charges.csv"].count("\n") - 1),
        "",
    ]
    counts = Counter(row[0] for row in truth)
    findings = sum(count for rule, count in counts.items() if rule != "none")
    lines += ["%-22s  %5d" % (rule, counts[rule]) for rule in sorted(counts) if rule != "none"]
    lines += [
        "all findings            %5d" % findings,
        "",
        "incident: renewals      %5d" % len(incident),
        "incident: subscriptions %5d" % len({row[1] for row in incident}),
        "incident: EUR        %8s" % money(len(incident) * EASY_PAY.cents),
        "",
        "periods without finding %5d" % counts["none"],
    ]
    return "\n".join(lines) + "\n"


def check(files, figures: str) -> int:
    stale = []
    for name, text in files.items():
        path = FOLDER / name
        if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
            stale.append(name)
    readme = FOLDER / "README.md"
    if not readme.is_file() or figures not in readme.read_text(encoding="utf-8"):
        stale.append("README.md (the figures of --summary)")
    for name in stale:
        print("samples/easy-pay/%s differs from what generate.py writes" % name, file=sys.stderr)
    return 1 if stale else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="default: %(default)s")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="compare with the files here")
    mode.add_argument("--summary", action="store_true", help="print the figures of README.md")
    options = parser.parse_args()

    files, truth = render(options.seed)
    figures = summary(files, truth)
    if options.check:
        return check(files, figures)
    if options.summary:
        sys.stdout.write(figures)
        return 0
    for name, text in files.items():
        (FOLDER / name).write_bytes(text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
