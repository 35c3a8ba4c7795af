#!/usr/bin/env python3
"""The peer of an audit with offers, events and usage: uncharged renewals with DuckDB, on the same files.

    allrules_duckdb.py SUBSCRIPTIONS CHARGES OUT [--offers FILE] [--events FILE] [--usage FILE]

What the bare anti-join leaves out and the audit has to do is done here, as whoever knows DuckDB well would write it:

- events: an end stops the renewals, a suspension keeps those from being due that begin in it, a price change sets what
  is due from its day on, and the charges of a new number are charges of the line;
- offers: the list price is what is due where no event says otherwise;
- usage: how many records lie in each uncharged period, how many after the end of their line, and how many are of a
  number that no line has.

It writes OUT/uncharged.csv (one row for each uncharged renewal, with what was due and the usage in it) and
OUT/usage.csv (the usage of ended lines and of unknown numbers). It looks at no amounts of charges, nor does the bare
anti-join; the audit compares every one with what was due.
"""
import argparse
import pathlib
import re

import duckdb

FROM, TO, THREADS = "2025-01-01", "2026-01-01", 2
READING = "header=true, auto_detect=false, delim=',', quote='\"', escape='\"', new_line='\\n'"
SUBSCRIPTIONS = {"subscription_id": "VARCHAR", "msisdn": "VARCHAR", "offer": "VARCHAR", "activated_on": "DATE",
                 "ended_on": "DATE", "cycle": "VARCHAR", "price": "DECIMAL(12,2)", "currency": "VARCHAR",
                 "payment_method": "VARCHAR"}
CHARGES = {"charge_id": "VARCHAR", "subscription_id": "VARCHAR", "kind": "VARCHAR", "charged_on": "DATE",
           "period_start": "DATE", "period_end": "DATE", "amount": "DECIMAL(12,2)", "currency": "VARCHAR",
           "status": "VARCHAR"}
EVENTS = {"subscription_id": "VARCHAR", "event": "VARCHAR", "effective_on": "DATE", "until": "DATE",
          "value": "VARCHAR"}
USAGE = {"record_id": "VARCHAR", "msisdn": "VARCHAR", "started_at": "VARCHAR", "kind": "VARCHAR",
         "duration_s": "VARCHAR", "volume_bytes": "VARCHAR", "peer": "VARCHAR", "amount": "VARCHAR",
         "currency": "VARCHAR"}


def reading(path, columns):
    return f"read_csv('{path}', {READING}, columns={columns})"


def arguments():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("subscriptions", "charges", "out"):
        made.add_argument(name, type=pathlib.Path)
    for name in ("--offers", "--events", "--usage"):
        made.add_argument(name, type=pathlib.Path)
    return made.parse_args()


def put_offers(db, path):
    """The list prices; a flow mapping a line is all that the files of the benchmark have."""
    db.execute("CREATE TABLE offers (offer VARCHAR, list_price DECIMAL(12,2))")
    if path:
        rows = re.findall(r"name: (.+?), currency: \w+, price: ([\d.]+) }", path.read_text())
        db.executemany("INSERT INTO offers VALUES (?, ?)", rows)


def put_events(db, path):
    columns = ", ".join(f"{name} {kind}" for name, kind in EVENTS.items())
    db.execute(f"CREATE TABLE events AS FROM {reading(path, EVENTS)}" if path else f"CREATE TABLE events ({columns})")
    db.execute("""
        CREATE TABLE ends AS SELECT subscription_id, min(effective_on) AS ended_by_event FROM events
            WHERE event IN ('ended', 'ported_out') GROUP BY subscription_id;
        CREATE TABLE suspensions AS SELECT subscription_id, effective_on, coalesce(until, DATE '9999-12-31') AS until
            FROM events WHERE event = 'suspended';
        CREATE TABLE prices AS SELECT subscription_id, effective_on, value::DECIMAL(12,2) AS event_price
            FROM events WHERE event = 'price_changed';
        CREATE TABLE aliases AS SELECT value AS alias, subscription_id AS line FROM events WHERE event = 'renumbered';
    """)


def put_lines(db, path):
    db.execute(f"""
        CREATE TABLE lines AS SELECT s.* REPLACE (least(s.ended_on, e.ended_by_event) AS ended_on)
            FROM {reading(path, SUBSCRIPTIONS)} s LEFT JOIN ends e USING (subscription_id)""")


def put_uncharged(db, charges):
    """The due renewals that have no posted charge; the arithmetic of the periods is that of the bare anti-join."""
    renewals = (f"SELECT subscription_id, period_start FROM {reading(charges, CHARGES)} "
                "WHERE kind='renewal' AND status='posted'")
    if db.execute("SELECT count(*) FROM aliases").fetchone()[0]:
        renewals = (f"SELECT coalesce(line, subscription_id) AS subscription_id, period_start FROM ({renewals}) "
                    "LEFT JOIN aliases ON alias = subscription_id")
    db.execute(f"""
        CREATE TABLE uncharged AS
        WITH limited AS (
            SELECT *, least(coalesce(ended_on, DATE '{TO}'), DATE '{TO}') AS stop,
                CASE cycle WHEN 'P30D' THEN 30 WHEN 'P28D' THEN 28 END AS days
            FROM lines),
        counted AS (
            SELECT *, unnest(range(
                greatest(1, CASE WHEN days IS NOT NULL THEN (DATE '{FROM}' - activated_on + days - 1) // days
                    ELSE datediff('month', activated_on, DATE '{FROM}') END)::BIGINT,
                CASE WHEN days IS NOT NULL THEN (stop - activated_on + days - 1) // days
                    ELSE datediff('month', activated_on, stop) + 1 END::BIGINT)) AS k
            FROM limited),
        due AS (
            SELECT subscription_id, msisdn, offer, payment_method, price, currency, stop,
                CASE WHEN days IS NOT NULL THEN activated_on + (k * days)::INT
                    ELSE (activated_on + to_months(k::INT))::DATE END AS period_start,
                CASE WHEN days IS NOT NULL THEN activated_on + ((k + 1) * days - 1)::INT
                    ELSE (activated_on + to_months((k + 1)::INT))::DATE - 1 END AS period_end
            FROM counted)
        SELECT * EXCLUDE (stop) FROM due ANTI JOIN ({renewals}) USING (subscription_id, period_start)
        WHERE period_start >= DATE '{FROM}' AND period_start < stop""")
    db.execute("""
        DELETE FROM uncharged USING suspensions s WHERE uncharged.subscription_id = s.subscription_id
            AND period_start >= s.effective_on AND period_start < s.until""")


def put_usage(db, path):
    """Reads the usage once, and keeps of it what lies in an uncharged period, after an end, or is of nobody."""
    db.execute("CREATE TABLE used (subscription_id VARCHAR, period_start DATE, records BIGINT)")
    db.execute("CREATE TABLE odd (finding VARCHAR, msisdn VARCHAR, records BIGINT)")
    if not path:
        return
    db.execute(f"CREATE TABLE usage AS SELECT msisdn, left(started_at, 10)::DATE AS day FROM {reading(path, USAGE)}")
    db.execute(f"""
        INSERT INTO used SELECT subscription_id, period_start, count(*) FROM usage JOIN uncharged USING (msisdn)
            WHERE day BETWEEN period_start AND period_end GROUP BY ALL;
        INSERT INTO odd SELECT 'after the end', msisdn, count(*)
            FROM usage JOIN (SELECT msisdn, ended_on FROM lines WHERE ended_on < DATE '{TO}') USING (msisdn)
            WHERE day >= greatest(ended_on, DATE '{FROM}') AND day < DATE '{TO}' GROUP BY msisdn;
        INSERT INTO odd SELECT 'of nobody', msisdn, count(*) FROM usage ANTI JOIN lines USING (msisdn)
            GROUP BY msisdn""")


def write(db, out):
    out.mkdir(parents=True, exist_ok=True)
    db.execute(f"""
        COPY (
            SELECT subscription_id, msisdn, offer, payment_method, period_start, period_end,
                coalesce(event_price, list_price, price) AS expected_amount, currency,
                coalesce(records, 0) AS usage_records
            FROM uncharged LEFT JOIN offers USING (offer) LEFT JOIN used USING (subscription_id, period_start)
                ASOF LEFT JOIN prices p ON uncharged.subscription_id = p.subscription_id
                    AND uncharged.period_start >= p.effective_on
            ORDER BY subscription_id, period_start
        ) TO '{out / "uncharged.csv"}' (HEADER, DELIMITER ',');
        COPY (FROM odd ORDER BY ALL) TO '{out / "usage.csv"}' (HEADER, DELIMITER ',')""")


def main():
    told = arguments()
    db = duckdb.connect(":memory:")
    db.execute(f"SET threads={THREADS}; SET preserve_insertion_order=false;")
    put_offers(db, told.offers)
    put_events(db, told.events)
    put_lines(db, told.subscriptions)
    put_uncharged(db, told.charges)
    put_usage(db, told.usage)
    write(db, told.out)


if __name__ == "__main__":
    main()
