import ArrearsRecovery
import BillingValues
import SettingsText

/// The keys of the section `recovery` that say on which days arrears are collected.
enum CollectionSettings {
    static let cadenceKeys = ["every"]

    /// Days or months that may lie between two collections, and arrears on one day.
    private static let steps = 1...3_660
    private static let counts = 1...1_000

    /// Reads the keys; what they leave out stays as it is.
    static func read(_ section: SettingsMapping, into policy: inout RecoveryPolicy, _ reader: inout SettingsReader) {
        if let value = section["batches"] {
            let days = reader.list(value).compactMap { reader.date($0) }
            if !days.isEmpty {
                for key in ["cadence", "first_collection", "at_a_time"] {
                    guard let other = section[key] else { continue }
                    reader.fault(other, expected: "nothing, for with batches everything is collected at once")
                }
                policy.days = .batches(Set(days).sorted())
                return
            }
        }
        var (cadence, first) = standardDays
        if case .cadence(let known, let knownFirst) = policy.days { (cadence, first) = (known, knownFirst) }
        if let value = section["cadence"] { cadence = Self.cadence(value, &reader) ?? cadence }
        if let value = section["first_collection"] { first = Self.first(value, &reader) ?? first }
        policy.days = .cadence(cadence, first: first)
        if let value = section["at_a_time"] {
            let expected = "all, or a number from \(counts.lowerBound) to \(counts.upperBound)"
            let count: Int?? = reader.value(value, expected: expected) { text in
                if text == "all" { return .some(nil) }
                guard let number = Int(text), counts.contains(number), "\(number)" == text else { return nil }
                return .some(number)
            }
            if let count { policy.arrearsAtATime = count }
        }
    }

    private static let standardDays: (CollectionDays.Cadence, CollectionDays.FirstCollection) = (.days(30), .nextMonth)

    private static func cadence(
        _ node: SettingsNode, _ reader: inout SettingsReader
    ) -> CollectionDays.Cadence? {
        let expected = "monthly, with-renewal, or every: 30 days"
        if case .mapping = node.content {
            guard let mapping = reader.mapping(node, keys: cadenceKeys),
                let value = reader.require(mapping, "every")
            else { return nil }
            return reader.value(value, expected: "a number of days, weeks or months such as 30 days") { step($0) }
        }
        return reader.value(node, expected: expected) { text in
            switch text {
            case "monthly": .months(1)
            case "with-renewal": .withRenewal
            default: nil
            }
        }
    }

    private static func step(_ text: String) -> CollectionDays.Cadence? {
        switch AgeText.age(text) {
        case .days(let count): steps.contains(count) ? .days(count) : nil
        case .months(let count): (1...120).contains(count) ? .months(count) : nil
        case nil: nil
        }
    }

    private static func first(
        _ node: SettingsNode, _ reader: inout SettingsReader
    ) -> CollectionDays.FirstCollection? {
        reader.value(node, expected: "next-month, next-renewal or a day as YYYY-MM-DD") { text in
            switch text {
            case "next-month": .nextMonth
            case "next-renewal": .nextRenewal
            default: CivilDate(text).map { .on($0) }
            }
        }
    }

    /// The keys of a policy.
    static func entries(_ policy: RecoveryPolicy) -> [SettingsValue.Entry] {
        switch policy.days {
        case .batches(let days):
            return [.init("batches", .list(days.map { .word("\($0)") }))]
        case .cadence(let cadence, let first):
            let rhythm: SettingsValue =
                switch cadence {
                case .days(let count): .mapping([.init("every", .word(AgeText.text(.days(count))))])
                case .months(1): .word("monthly")
                case .months(let count): .mapping([.init("every", .word(AgeText.text(.months(count))))])
                case .withRenewal: .word("with-renewal")
                }
            let beginning =
                switch first {
                case .nextMonth: "next-month"
                case .nextRenewal: "next-renewal"
                case .on(let day): "\(day)"
                }
            return [
                .init("cadence", rhythm), .init("first_collection", .word(beginning)),
                .init("at_a_time", .word(policy.arrearsAtATime.map { "\($0)" } ?? "all")), .init("batches", .list([])),
            ]
        }
    }
}
