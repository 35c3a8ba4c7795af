import ArrearsRecovery
import BillingFiles
import Reports

/// `notices.csv`, written when the plan is known and before all other files: its texts are made once, and counting them
/// is what the reports need.
struct NoticesFile {
    /// How many notices there are.
    let counts: NoticeCounts

    /// The file in the output; nil where there is none.
    let entry: ManifestDocument.Entry?

    /// Makes all notices, and writes them to the output if there is one.
    init(_ table: NoticeTable, counts none: NoticeCounts, threads: Int, to output: OutputDirectory?) throws {
        let file = try output?.createFile(named: "notices.csv")
        try file?.append(table.header)
        var counts = none
        try RowPieces.run(count: table.customers, threads: threads, make: { table.rows($0) }) { rows in
            counts.add(rows.counts)
            try file?.append(rows.bytes)
        }
        self.counts = counts
        entry = try file.map {
            ManifestDocument.Entry(role: "output", digest: try $0.finish(), records: counts.total)
        }
    }
}
