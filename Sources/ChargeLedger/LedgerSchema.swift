import GRDB

/// The tables of a ledger.
///
/// `link` and `entry` are the journal: nothing in them is ever changed, and each link has the hash of the one before
/// it and of its own entries. `period` is what follows from them, kept so that nobody needs to read the whole journal
/// to see whether a period was planned; `ledger verify` derives it anew.
enum LedgerSchema {
    /// Marks the file as ours (`file(1)` shows it): `Rinn`.
    static let applicationIdentifier = 0x5269_6E6E

    /// The version of the tables.
    static let version = 1

    /// The statements that make the tables, in their order.
    static let statements: [String] =
        [
            """
            CREATE TABLE link (
              number INTEGER PRIMARY KEY,
              run INTEGER NOT NULL,
              act TEXT NOT NULL,
              decided_on TEXT NOT NULL,
              by TEXT,
              program TEXT NOT NULL,
              window_from TEXT,
              window_to TEXT,
              output TEXT,
              files TEXT NOT NULL,
              entries INTEGER NOT NULL,
              entries_sha256 TEXT NOT NULL,
              sums TEXT NOT NULL,
              previous_sha256 TEXT NOT NULL,
              sha256 TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE entry (
              link INTEGER NOT NULL REFERENCES link(number) DEFERRABLE INITIALLY DEFERRED,
              ordinal INTEGER NOT NULL,
              act TEXT NOT NULL,
              subscription TEXT NOT NULL,
              kind TEXT NOT NULL,
              period_start TEXT NOT NULL,
              period_end TEXT NOT NULL,
              amount INTEGER NOT NULL CHECK (amount >= 0),
              currency TEXT NOT NULL,
              day TEXT,
              note TEXT,
              PRIMARY KEY (link, ordinal)
            ) STRICT, WITHOUT ROWID
            """,
            periodTable("period"),
            """
            CREATE TRIGGER link_grows BEFORE INSERT ON link
            WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM link)
            BEGIN SELECT RAISE(ABORT, 'links are numbered in their order'); END
            """,
            """
            CREATE TRIGGER entry_grows BEFORE INSERT ON entry
            WHEN NEW.link <= (SELECT coalesce(max(number), 0) FROM link)
            BEGIN SELECT RAISE(ABORT, 'a link that stands takes no more entries'); END
            """,
        ]
        + ["link", "entry"].flatMap { table in
            ["UPDATE", "DELETE"].map { change in
                """
                CREATE TRIGGER \(table)_\(change == "UPDATE" ? "stays" : "remains") BEFORE \(change) ON \(table)
                BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END
                """
            }
        }

    /// The table of periods; `verify` makes a second one under another name.
    static func periodTable(_ name: String) -> String {
        """
        CREATE TABLE \(name) (
          subscription TEXT NOT NULL,
          kind TEXT NOT NULL,
          period_start TEXT NOT NULL,
          period_end TEXT NOT NULL,
          run INTEGER NOT NULL,
          amount INTEGER NOT NULL,
          currency TEXT NOT NULL,
          collect_on TEXT,
          acts INTEGER NOT NULL,
          PRIMARY KEY (subscription, kind, period_start)
        ) STRICT, WITHOUT ROWID
        """
    }

    /// Makes the tables, in the transaction under way.
    static func create(in database: Database) throws {
        for statement in statements { try database.execute(sql: statement) }
        try database.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }
}
