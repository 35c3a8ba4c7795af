import BillingValues
import DelimitedText

/// Makes the fields of a foreign record from a row of ours, and reads them again by the mapping itself.
///
/// A record is made only if the mapping gives back every value that the format carries: nothing is altered on the way
/// without being told. To be used by one thread; each has its own.
struct RecordComposer: Sendable {
    /// Why a record is not written.
    struct Refusal {
        /// The column of ours, by its number in the rows; nil where the record as a whole is meant.
        var column: Int?
        /// What the format has there.
        var expected: String
    }

    let plan: WritingPlan

    /// The values of the fields, as ranges of `text`.
    private(set) var values: [ValueRange] = []

    /// What the ranges are offsets in.
    private(set) var text = RowText(reusing: [])

    /// The columns whose values come back in another spelling, by their numbers in the rows.
    private(set) var respelled: [Int] = []

    /// The column of the rows that each column of the mapping is, -1 where the rows have none.
    let columns: [Int]

    private let constants: [UInt8]
    private let constantRanges: [ValueRange]
    private let widths: FieldWidths?
    /// Puts fields to their places, where records are parts of documents.
    private var binder: DocumentBinder?
    /// The fields whose values follow from what the profile states of documents.
    private var isStated: [Bool] = []
    /// What the last place took that did not take a value.
    private var unheld: String?
    private var isAssigned: [Bool]
    private var mapper: RecordMapper
    private var row = RowText(reusing: [])
    private var unmapped: [UnmappedValue] = []
    /// The fields that the way at hand has filled, a bit for each of its places.
    private var assignedNow: UInt64 = 0
    private var scratch: [UInt8] = []
    private var comparison = RowComparison()

    /// A composer of records from rows with these columns.
    init(_ plan: WritingPlan, columns names: [String]) {
        self.plan = plan
        columns = plan.plan.columns.map { names.firstIndex(of: $0) ?? -1 }
        mapper = RecordMapper(plan.plan)
        var constants: [UInt8] = []
        constantRanges = plan.constants.map { constant in
            let start = constants.count
            constants += constant
            return ValueRange(start..<constants.count)
        }
        self.constants = constants
        isAssigned = plan.fields.map { _ in false }
        widths = FieldWidths(plan)
        if case .documents(let documents) = plan.form.kind { binder = DocumentBinder(documents) }
    }

    /// Replaces the fields by those of a row; a refusal says why there are none.
    mutating func compose(_ bytes: Span<UInt8>, _ table: FieldTable, record: Int) -> Refusal? {
        text.cut(to: 0)
        let constants = constants
        text.append(constants.span)
        for field in constantRanges.indices {
            isAssigned[field] = false
            if field < values.count {
                values[field] = constantRanges[field]
            } else {
                values.append(constantRanges[field])
            }
        }
        if !plan.derived.isEmpty { derive(bytes, table, record: record) }
        if binder != nil {
            binder?.begin(&values, &isAssigned, &text)
            isStated = isAssigned
        }
        let order = plan.order
        for column in order where columns[column] >= 0 {
            let raw = bytes.extracting(table.fieldRange(record: record, field: columns[column]))
            if raw.isEmpty { continue }
            let refusal: Refusal?
            if raw[0] == UInt8(ascii: "\"") {
                // Nobody else holds the bytes while they are filled, or they would be copied.
                var value: [UInt8] = []
                swap(&value, &scratch)
                value.removeAll(keepingCapacity: true)
                FieldText.append(valueOf: raw, to: &value)
                refusal = value.isEmpty ? nil : assign(column, value.span)
                swap(&value, &scratch)
            } else {
                refusal = assign(column, raw)
            }
            if let refusal { return refusal }
        }
        for copy in plan.copies where !isAssigned[copy.field] { values[copy.field] = values[copy.from] }
        if let refusal = binder?.bind(&values, isAssigned, &text) { return name(refusal) }
        if let refusal = widths?.fill(&values, &text) { return name(refusal) }
        if let condition = plan.layoutCondition, !condition.holds(text.bytes.span, values) {
            return refusal(of: condition)
        }
        return verify(bytes, table, record: record)
    }

    /// The record as a part of a document; nil where records stand on their own.
    func part(record: Int) -> WrittenPart? { binder?.part(record: record) }

    /// Gives fields what follows from columns.
    private mutating func derive(_ bytes: Span<UInt8>, _ table: FieldTable, record: Int) {
        let derived = plan.derived
        for value in derived {
            let found = value.value { column in
                guard columns[column] >= 0 else { return [] }
                return FieldText.value(
                    of: bytes.extracting(table.fieldRange(record: record, field: columns[column])))
            }
            let start = text.count
            text.append(found.span)
            values[value.field] = ValueRange(start..<text.count)
            isAssigned[value.field] = true
        }
    }

    /// The column of the rows that a field is filled by.
    func column(of field: Int?) -> Int? {
        guard let field else { return nil }
        if let derived = plan.derived.first(where: { $0.field == field }) {
            return columns[derived.column] < 0 ? nil : columns[derived.column]
        }
        let number = plan.ways.firstIndex { ways in ways.contains { $0.filled.contains(field) } }
        return number.map { columns[$0] }.flatMap { $0 < 0 ? nil : $0 }
    }

    /// What a record lacks of its layout.
    private func refusal(of condition: PlannedCondition) -> Refusal {
        let failing = condition.failing { $0.holds(text.bytes.span, values) }
        let fields = failing.fields.map { "'\(plan.fields[$0])'" }.joined(separator: " or ")
        return Refusal(
            column: failing.fields.first.flatMap { column(of: $0) },
            expected: "\(failing.wording) in \(fields), by which \(plan.profile.name) is told from other formats")
    }

    private func name(_ refusal: FieldRefusal) -> Refusal {
        Refusal(column: column(of: refusal.field), expected: refusal.expected)
    }

    /// Fills the fields of a column by the first of its ways that fits.
    private mutating func assign(_ column: Int, _ value: Span<UInt8>) -> Refusal? {
        let ways = plan.ways[column]
        if ways.isEmpty { return nil }
        unheld = nil
        for way in ways where fill(way, value) { return nil }
        if let unheld { return Refusal(column: columns[column], expected: unheld) }
        var expected: [String] = []
        for way in ways where !expected.contains(way.expected) { expected.append(way.expected) }
        return Refusal(column: columns[column], expected: expected.joined(separator: ", or "))
    }

    /// Fills the fields of a way; false, with all as it was, where it does not fit.
    private mutating func fill(_ way: WritingWay, _ value: Span<UInt8>) -> Bool {
        if way.fields.isEmpty {
            let constant = way.constants[0]
            if case .text = way.conversion, !constant.span.isSame(as: value) { return false }
            return way.condition?.holds(text.bytes.span, values) ?? true
        }
        // Whether they mean the value is seen when they are read.
        if binder != nil, way.fields.allSatisfy({ isStated[$0] }) {
            return way.condition?.holds(text.bytes.span, values) ?? true
        }
        var decimals: Int?
        if let currency = way.conversion.currencyField {
            decimals = Currency(bytes: text.bytes.span.extracting(values[currency].range))?.exponent
        } else if let stated = way.conversion.statedDecimals, binder != nil, !values[stated].isEmpty {
            // The document states it for all of its records.
            decimals = Int(String(decoding: Array(text.bytes[values[stated].range]), as: UTF8.self))
        }
        var start = text.count
        var companion = WrittenCompanion.nothing
        assignedNow = 0
        let isWritten = way.conversion.write(
            value, fractionDigits: widths == nil ? 3 : 1, currencyDecimals: decimals, to: &text, &companion)
        guard isWritten else {
            text.cut(to: start)
            return false
        }
        if way.encodesPercents {
            let encoded = PercentText.encoded(text.bytes.span.extracting(start..<text.count))
            start = text.count
            text.append(encoded.span)
        }
        let end = text.count
        if case .nothing = companion {
        } else if let field = way.conversion.companion {
            companion.write(to: &text)
            guard set(field, end..<text.count, way.fields.count) else { return takeBack(way, to: start) }
        }
        if way.isWhole {
            guard set(way.fields[0], start..<end, 0) else { return takeBack(way, to: start) }
        } else {
            guard let parts = way.parts(of: text.bytes.span.extracting(start..<end)) else {
                return takeBack(way, to: start)
            }
            for (place, field) in way.fields.enumerated() {
                let part = (start + parts[place].lowerBound)..<(start + parts[place].upperBound)
                guard set(field, part, place) else { return takeBack(way, to: start) }
            }
        }
        guard way.condition?.holds(text.bytes.span, values) ?? true else { return takeBack(way, to: start) }
        return true
    }

    /// Empties the fields that a way has filled, for it does not fit.
    private mutating func takeBack(_ way: WritingWay, to end: Int) -> Bool {
        for (place, field) in way.filled.enumerated() where assignedNow & (1 &<< UInt64(place & 63)) != 0 {
            values[field] = constantRanges[field]
            isAssigned[field] = false
        }
        text.cut(to: end)
        return false
    }

    /// Gives a field its value; false where another column has given it a different one.
    ///
    /// - Parameter place: which of the fields of its way it is.
    private mutating func set(_ field: Int, _ value: Range<Int>, _ place: Int) -> Bool {
        if isAssigned[field] {
            let span = text.bytes.span
            return span.extracting(values[field].range).isSame(as: span.extracting(value))
        }
        if let binder, let expected = binder.refusal(of: text.bytes[value], for: field, values, text) {
            unheld = expected
            return false
        }
        values[field] = ValueRange(value)
        isAssigned[field] = true
        assignedNow |= 1 &<< UInt64(place & 63)
        return true
    }

    /// Reads the fields as the mapping does, and compares what they mean with the row.
    private mutating func verify(_ bytes: Span<UInt8>, _ table: FieldTable, record: Int) -> Refusal? {
        // Nobody else holds the bytes while the mapper reads them, or they would be copied.
        var text = RowText(reusing: [])
        swap(&text, &self.text)
        defer { swap(&text, &self.text) }
        respelled.removeAll(keepingCapacity: true)
        // Of events that are paired only those are left out that neither begin nor end anything.
        if !plan.form.isPaired, let reason = mapper.skipReason(text.bytes.span, values) {
            return Refusal(
                column: nil,
                expected: "a record that \(plan.profile.name) does not leave out: \(VisibleText.of(reason.utf8))")
        }
        row.cut(to: 0)
        unmapped.removeAll(keepingCapacity: true)
        mapper.append(text.bytes.span, values, record: 0, place: 0, to: &row, unmapped: &unmapped)
        comparison.read(row)
        for column in columns.indices {
            let raw =
                columns[column] < 0
                ? bytes.extracting(0..<0) : bytes.extracting(table.fieldRange(record: record, field: columns[column]))
            if row.bytes.span.extracting(comparison.range(of: column)).isSame(as: raw) { continue }
            let back = FieldText.value(of: row.bytes.span.extracting(comparison.range(of: column)))
            let own = FieldText.value(of: raw)
            if back == own || back.isEmpty && plan.ways[column].isEmpty || plan.places.contains(column) { continue }
            if RowComparison.areAlike(own, back, column: plan.plan.columns[column]) {
                if columns[column] >= 0 { respelled.append(columns[column]) }
                continue
            }
            let shown =
                back.isEmpty
                ? "nothing" : "'\(VisibleText.of(back.first == UnmappedValue.mark ? back.dropFirst() : back[...]))'"
            return Refusal(
                column: columns[column] < 0 ? nil : columns[column],
                expected: "a value that \(plan.profile.name) gives back; it would give \(shown)"
                    + (columns[column] < 0 ? " for \(plan.plan.columns[column])" : ""))
        }
        return nil
    }
}

/// Why a field cannot hold a value.
struct FieldRefusal {
    /// The field, by its number in the plan; nil where the record as a whole is meant.
    var field: Int?
    /// What it can hold.
    var expected: String
}
