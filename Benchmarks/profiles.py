#!/usr/bin/env python3
"""Times the reading of foreign files through format profiles: `validate`, `convert` and `audit`, on one thread.

script/bench --profiles builds the program and calls this; see `script/bench --help`. The delimited data are calls as
Asterisk writes them with all 21 columns, half of them in quotes; the XML is a UBL 2.1 invoice of very many lines, with
what PEPPOL asks of a line. The speed is that of the CPU: bytes of the file a second of processor time, so that other
work on the machine counts little. Beside the XML stands xmllint, which parses the same file with the same library and
does nothing with what it finds: no reading can be faster than that. The programs take turns.
"""
import argparse
import os
import pathlib
import shutil
import sys
import tempfile
from statistics import median

from measuring import CannotRun, Wrong, counted, lines, measured, processor, say, spread, table

SIZES = {"small": (100_000, 40_000), "medium": (1_500_000, 400_000)}
TARGETS = {"delimited": 300, "XML": 150}
DETAILS = __doc__.split("`script/bench --help`. ", 1)[1].strip()
MONTH = ["--from", "2025-03-01", "--to", "2025-04-01", "--dry-run", "--threads", "1"]


def made(file, write):
    """The file; written unless it is there."""
    if not file.exists():
        say(f"generating {file.name}")
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        with open(unfinished, "w") as out:
            write(out)
        unfinished.rename(file)
    return file


def calls(folder, count):
    """The file of so many calls."""
    def write(out):
        for index in range(count):
            moment = f"2025-03-{index % 28 + 1:02} {index % 24:02}:{index % 60:02}:{index * 7 % 60:02}"
            out.write(
                f'"","39055{index % 10**6:06}","39347{index * 13 % 10**6:06}","from-internal",'
                f'"<39055{index % 10**6:06}>","SIP/trunk-{index:08x}","PJSIP/client2-{index * 3:08x}","Dial",'
                f'"PJSIP/client2,30,tT","{moment}","{moment}","{moment}",{index % 300},{index % 280},"ANSWERED",'
                f'"DOCUMENTATION","1690325492.{index}","","","1690325492.{index}",{index}\n')

    return made(folder / f"asterisk-{count}.csv", write)


def invoice(folder, count):
    """The invoice of so many lines."""
    def write(out):
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
            ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
            ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">\n'
            "  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
            "</cbc:CustomizationID>\n"
            "  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>\n"
            "  <cbc:ID>2025-03-0001</cbc:ID>\n  <cbc:IssueDate>2025-03-01</cbc:IssueDate>\n"
            "  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\n"
            "  <cbc:BuyerReference>S1</cbc:BuyerReference>\n")
        for index in range(count):
            price = f"{index % 40 + 5}.{index % 100:02}"
            out.write(
                f"  <cac:InvoiceLine>\n    <cbc:ID>{index + 1}</cbc:ID>\n"
                f'    <cbc:InvoicedQuantity unitCode="EA">1</cbc:InvoicedQuantity>\n'
                f'    <cbc:LineExtensionAmount currencyID="EUR">{price}</cbc:LineExtensionAmount>\n'
                f"    <cac:InvoicePeriod>\n      <cbc:StartDate>2025-03-01</cbc:StartDate>\n"
                f"      <cbc:EndDate>2025-03-31</cbc:EndDate>\n    </cac:InvoicePeriod>\n"
                f"    <cac:DocumentReference>\n      <cbc:ID>S{index + 1}</cbc:ID>\n"
                f"      <cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>\n    </cac:DocumentReference>\n"
                f"    <cac:Item>\n      <cbc:Name>Monthly subscription, line {index % 10**6:06}</cbc:Name>\n"
                f"      <cac:ClassifiedTaxCategory>\n        <cbc:ID>S</cbc:ID>\n        <cbc:Percent>22</cbc:Percent>\n"
                f"        <cac:TaxScheme>\n          <cbc:ID>VAT</cbc:ID>\n        </cac:TaxScheme>\n"
                f"      </cac:ClassifiedTaxCategory>\n    </cac:Item>\n    <cac:Price>\n"
                f'      <cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount>\n    </cac:Price>\n'
                f"  </cac:InvoiceLine>\n")
        out.write("</Invoice>\n")

    return made(folder / f"invoice-{count}.xml", write)


class Kind:
    """A kind of files: the data, what is run on them, and how fast it shall be."""

    def __init__(self, name, file, records, output, ways):
        self.name, self.file, self.records, self.output, self.ways = name, file, records, output, ways
        self.size = file.stat().st_size / 1e6
        self.runs = {way: [] for way in ways}

    def turn(self, counts, scratch):
        for way, (command, codes) in self.ways.items():
            result = measured(command, codes, scratch / "log")
            say(f"  {self.name}, {way}: CPU {result.cpu:.2f} s, {self.size / result.cpu:.0f} MB/s")
            if counts:
                self.runs[way].append(result)
        if lines(self.output) != self.records + 1:
            raise Wrong(f"convert: not every record of {self.file.name} was written")

    def rows(self):
        bare = self.runs.get("xmllint --sax")
        for way, results in self.runs.items():
            speeds = [self.size / result.cpu for result in results]
            of_bare = spread([b.cpu / r.cpu for b, r in zip(bare, results)]) if bare and results is not bare else ""
            met = "" if results is bare else "yes" if median(speeds) >= TARGETS[self.name] else "**no**"
            yield [self.name, way, f"{median(r.wall for r in results):.2f}", f"{median(r.cpu for r in results):.2f}",
                   f"{median(speeds):.0f} ({min(speeds):.0f} to {max(speeds):.0f})", of_bare,
                   f"{max(r.memory for r in results):.0f}", "" if results is bare else str(TARGETS[self.name]), met]


def kinds(options, scratch):
    binary = str(options.binary)
    call_count, line_count = SIZES[options.size]
    subscriptions, charges = scratch / "subscriptions.csv", scratch / "charges.csv"
    subscriptions.write_text(
        "subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method\n"
        "S1,39055000001,Line,2025-01-01,,P1M,5.00,EUR,card\n")
    charges.write_text(
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n"
        "C1,S1,renewal,2025-03-01,2025-03-01,2025-03-31,5.00,EUR,posted\n")
    audit = [binary, "audit", "--subscriptions", str(subscriptions)]
    file, output = calls(options.data, call_count), scratch / "usage.csv"
    yield Kind("delimited", file, call_count, output, {
        "validate": ([binary, "validate", str(file), "--threads", "1"], (0, 1)),
        "convert": ([binary, "convert", str(file), str(output), "--force", "--threads", "1"], (0, 1)),
        "audit --usage": ([*audit, "--charges", str(charges), "--usage", str(file), *MONTH], (0, 1))})
    file, output = invoice(options.data, line_count), scratch / "invoiced.csv"
    ways = {
        "validate": ([binary, "validate", str(file), "--threads", "1"], (0, 1)),
        "convert": ([binary, "convert", str(file), str(output), "--force", "--threads", "1"], (0, 1)),
        "audit": ([*audit, "--charges", str(file), *MONTH], (0, 1))}
    if xmllint := shutil.which("xmllint"):
        ways["xmllint --sax"] = ([xmllint, "--sax", "--noout", "--huge", str(file)], (0,))
    else:
        say("xmllint is not there (Debian: apt-get install libxml2-utils): the bare parsing is left out")
    yield Kind("XML", file, line_count, output, ways)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--size", choices=SIZES, default="medium")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", type=pathlib.Path, metavar="FILE", help="put the report into this file too")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    try:
        options.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=options.data) as scratch:
            scratch = pathlib.Path(scratch)
            measured_kinds = list(kinds(options, scratch))
            for number in range(options.runs + 1):
                say(f"round {number} of {options.runs}")
                for kind in measured_kinds:
                    kind.turn(number > 0, scratch)
    except Wrong as wrong:
        say(f"wrong: {wrong}")
        return 1
    except (CannotRun, OSError) as reason:
        say(str(reason))
        return 70
    head = ["file", "way", "wall, s", "CPU, s", "MB/s of CPU", "of bare parsing", "peak memory, MB", "target, MB/s", "met"]
    sizes = "; ".join(f"{kind.file.name}: {kind.size:.0f} MB, {kind.records:,} records" for kind in measured_kinds)
    text = (f"Median (lowest to highest) of {counted(options.runs)}, one thread. {sizes}.\n\n"
            + table(head, *(row for kind in measured_kinds for row in kind.rows()))
            + f"\n{processor()}; load average at the start: {load:.2f}.\n")
    print(text, end="")
    if options.write:
        options.write.write_text(
            f"# Reading through format profiles\n\nWritten by `script/bench --profiles --write`.\n{DETAILS}\n\n{text}")
        say(f"wrote {options.write}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
