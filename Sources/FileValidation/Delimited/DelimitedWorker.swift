import BillingFiles
import DelimitedText

/// What came of one block of a delimited file.
struct DelimitedOutcome: Sendable {
    /// The records, sound or not.
    var records = 0
    /// The physical lines.
    var lines = 0
    /// How the records end.
    var lineEnds: LineEnds
    /// What is wrong, in the order of the bytes.
    var faults: [RowFault] = []
    /// The records that may repeat a key.
    var suspects: [KeySuspect] = []
    /// The hashes of the keys, where they are asked for.
    var hashes: [[UInt64]] = []
    /// Where records begin and end that are not sound or have errors; empty unless rows are to be told apart.
    var refused: [RecordExtent] = []
}

/// Judges the rows of blocks by a plan; each thread has one of its own.
struct DelimitedWorker: BlockWorker {
    private let plan: TablePlan
    private let scanner: FieldScanner
    private let compared: Set<Int>
    private let order: [Int]
    private let suspicion: KeySuspicion
    /// The rules for which rows are told apart; nil when they are not.
    private let refusingRules: Set<InputRule>?
    private var checks: [ColumnCheck]
    private var rules: [any RecordRule]
    private var rows: RowBatch
    private var wrong: [(record: Int, faults: ValueFaults)] = []

    /// The seed for the hashes of keys; nil where they are not asked for.
    private let seed: UInt64?

    init(plan: TablePlan, suspicion: KeySuspicion, refusingRules: Set<InputRule>?, collecting seed: UInt64? = nil) {
        self.plan = plan
        self.seed = seed
        self.suspicion = suspicion
        self.refusingRules = refusingRules
        scanner = FieldScanner(fieldCount: plan.columns.count, dialect: plan.dialect)
        compared = plan.compared
        order = plan.order
        checks = plan.columns.map(\.check)
        rules = plan.rules
        rows = RowBatch(columns: plan.columns.count, dialect: plan.dialect)
    }

    mutating func work(on block: Block) -> DelimitedOutcome {
        rows.block = block
        // Nobody else may hold the storage when the block is handed on, or it is copied to be filled again.
        defer { rows.block.storage = [] }
        scanner.scan(block.storage.span.extracting(0..<block.count), isLast: block.isLast, into: &rows.table)
        var faults: [RowFault] = []
        for field in order { judge(field, &faults) }
        for index in rules.indices {
            let (rule, field) = (rules[index].rule, rules[index].field)
            rules[index].judge(rows) { record in
                faults.append(rows.fault(rule, .record(index), record: record, field: field))
            }
        }
        faults += StructureFaults(rows, plan).find(values: faults)
        if !faults.isEmpty { faults.sort { ($0.offset, $0.field) < ($1.offset, $1.field) } }
        return DelimitedOutcome(
            records: rows.table.totalRecords, lines: rows.table.totalLines, lineEnds: LineEnds(rows), faults: faults,
            suspects: suspicion.suspects(in: rows, plan.uniqueKeys),
            hashes: seed.map { seed in plan.uniqueKeys.map { KeyHashes.of(rows, $0, seed: seed).map(\.hash) } } ?? [],
            refused: refusingRules.map { RecordExtent.refused(rows, faults, for: $0) } ?? [])
    }

    private mutating func judge(_ field: Int, _ faults: inout [RowFault]) {
        var wrong = wrong
        self.wrong = []
        checks[field].run(&rows, field: field, isCompared: compared.contains(field)) { wrong.append(($0, $1)) }
        let wording = plan.columns[field].wording
        for (record, found) in wrong {
            for fault in found.each {
                faults.append(rows.fault(wording.rule(fault), .value(fault), record: record, field: field))
            }
        }
        wrong.removeAll(keepingCapacity: true)
        self.wrong = wrong
    }
}
