import BillingFiles

/// How the values of a column are judged.
enum ColumnCheck: Sendable {
    /// Not at all.
    case ignored
    case text(TextCheck)
    case word(WordCheck)
    case date(DateCheck)
    case currency(CurrencyCheck)
    /// With the column of the currency.
    case money(MoneyCheck, currency: Int?)
    case cycle(CycleCheck)
    case count(CountCheck)
    case timestamp(TimestampCheck)
    case field(FieldCheck)
    case line(LineCheck)

    /// Judges a column of a block; `wrong` takes the records with faults, `rows` the cells if they are `wanted`.
    mutating func run(
        _ rows: inout RowBatch, field: Int, isCompared: Bool, _ wrong: (_ record: Int, ValueFaults) -> Void
    ) {
        switch self {
        case .ignored: return
        case .text(var check): Self.judge(&check, &rows, field, isCompared, wrong)
        case .word(var check): Self.judge(&check, &rows, field, isCompared, wrong)
        case .date(var check): Self.judge(&check, &rows, field, isCompared, wrong)
        case .currency(var check): Self.judge(&check, &rows, field, isCompared, wrong)
        case .count(var check): Self.judge(&check, &rows, field, isCompared, wrong)
        case .line(var check): Self.judge(&check, &rows, field, isCompared, wrong)
        case .timestamp(var check): Self.judge(&check, &rows, field, isCompared, wrong)
        case .field(var check):
            // Held once alone, or the states of a pattern are copied.
            self = .ignored
            Self.judgeField(&check, &rows, field, isCompared, wrong)
            self = .field(check)
        case .cycle(var check):
            Self.judge(&check, &rows, field, isCompared, wrong)
            self = .cycle(check)
        case .money(let check, let currency): Self.judgeMoney(check, &rows, field, currency, isCompared, wrong)
        }
    }

    @inline(__always)
    private static func judge<Check: ValueCheck>(
        _ check: inout Check, _ rows: inout RowBatch, _ field: Int, _ isCompared: Bool,
        _ wrong: (Int, ValueFaults) -> Void
    ) {
        var cells = rows.takeCells(field, isCompared: isCompared)
        rows.forEachValue(field) { record, value in
            var cell = Cell.absent
            let faults = check.judge(value, &cell)
            if isCompared { cells.append(cell) }
            if !faults.isEmpty { wrong(record, faults) }
        }
        rows.cells[field] = cells
    }

    /// Judges by the type itself, where it is one of those that most columns have.
    private static func judgeField(
        _ check: inout FieldCheck, _ rows: inout RowBatch, _ field: Int, _ isCompared: Bool,
        _ wrong: (Int, ValueFaults) -> Void
    ) {
        switch check.type {
        case .time(let type):
            let used = judge(&check, as: type, &rows, field, isCompared, wrong)
            check.type = .time(used)
        case .number(let type): _ = judge(&check, as: type, &rows, field, isCompared, wrong)
        case .text(.plain, enumeration: nil): _ = judge(&check, as: PlainText(), &rows, field, isCompared, wrong)
        case .text(.plain, let words?):
            _ = judge(&check, as: EnumeratedText(words: words), &rows, field, isCompared, wrong)
        default: judge(&check, &rows, field, isCompared, wrong)
        }
    }

    private static func judge<Type: SchemaType>(
        _ check: inout FieldCheck, as type: Type, _ rows: inout RowBatch, _ field: Int, _ isCompared: Bool,
        _ wrong: (Int, ValueFaults) -> Void
    ) -> Type {
        var typed = TypedFieldCheck(field: check, type: type)
        check.pattern = nil
        judge(&typed, &rows, field, isCompared, wrong)
        check = typed.field
        return typed.type
    }

    private static func judgeMoney(
        _ check: MoneyCheck, _ rows: inout RowBatch, _ field: Int, _ currency: Int?, _ isCompared: Bool,
        _ wrong: (Int, ValueFaults) -> Void
    ) {
        var cells = rows.takeCells(field, isCompared: isCompared)
        let currencies = currency.map { rows.cells[$0] } ?? []
        rows.forEachValue(field) { record, value in
            var cell = Cell.absent
            let exponent = currencies.isEmpty ? Cell.absent : currencies[record]
            let faults = check.judge(value, currency: exponent, &cell)
            if isCompared { cells.append(cell) }
            if !faults.isEmpty { wrong(record, faults) }
        }
        rows.cells[field] = cells
    }
}

extension RowBatch {
    /// The cells of a column, emptied and with room for the records of the block.
    fileprivate mutating func takeCells(_ field: Int, isCompared: Bool) -> [Int64] {
        var taken: [Int64] = []
        swap(&taken, &cells[field])
        taken.removeAll(keepingCapacity: true)
        if isCompared { taken.reserveCapacity(count) }
        return taken
    }
}
