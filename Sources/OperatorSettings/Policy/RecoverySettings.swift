import ArrearsRecovery
import BillingValues
import SettingsText

/// The section `recovery` of a policy file.
enum RecoverySettings {
    static let keys = [
        "cadence", "first_collection", "at_a_time", "batches", "order", "cap_per_month", "write_off_below",
        "on_cancellation", "leave_out_offers", "leave_out_customers", "discount", "pre_notification_days",
    ]
    static let discountKeys = ["percent", "rounding"]

    /// Reads the section; what it leaves out stays as it is.
    static func read(_ node: SettingsNode, into policy: inout RecoveryPolicy, _ reader: inout SettingsReader) {
        guard let section = reader.mapping(node, keys: keys) else { return }
        CollectionSettings.read(section, into: &policy, &reader)
        if let value = section["order"], let order = reader.choice(value, Self.choices(ArrearsOrder.self)) {
            policy.order = order
        }
        if let value = section["cap_per_month"] { policy.capPerMonth = reader.amounts(value, above: 0) }
        if let value = section["write_off_below"] { policy.writeOffBelow = reader.amounts(value, above: -1) }
        if let value = section["on_cancellation"],
            let treatment = reader.choice(value, Self.choices(CancellationTreatment.self))
        {
            policy.onCancellation = treatment
        }
        if let value = section["leave_out_offers"] { policy.leftOutOffers = reader.texts(value) }
        if let value = section["leave_out_customers"] { policy.leftOutCustomers = reader.texts(value) }
        if let value = section["discount"] { policy.discount = discount(value, policy.discount, &reader) }
        if let value = section["pre_notification_days"], let days = reader.integer(value, in: 0...366) {
            policy.preNotificationDays = days
        }
    }

    private static func discount(
        _ node: SettingsNode, _ known: GoodwillDiscount, _ reader: inout SettingsReader
    ) -> GoodwillDiscount {
        var (points, rounding) = (known.basisPoints, known.rounding)
        guard let section = reader.mapping(node, keys: discountKeys) else { return known }
        if let value = section["percent"] {
            points =
                reader.value(value, expected: "a percentage from 0 to 100 with at most two decimals") { text in
                    let bytes = Array(text.utf8)
                    guard let units = try? Money.minorUnits(in: bytes.span, exponent: 2) else { return nil }
                    return (0...10_000).contains(units) ? Int(units) : nil
                } ?? points
        }
        if let value = section["rounding"] {
            rounding = reader.choice(value, choices(RoundingRule.self)) ?? rounding
        }
        return GoodwillDiscount(basisPoints: points, rounding: rounding)
    }

    /// The words of an enumeration with its cases.
    static func choices<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> [(String, Choice)] {
        type.allCases.map { ($0.rawValue, $0) }
    }

    /// The section of a policy.
    static func value(_ policy: RecoveryPolicy) -> SettingsValue {
        let percent = Money.percentText(policy.discount.basisPoints)
        return .mapping(
            CollectionSettings.entries(policy) + [
                .init("order", .word(policy.order.rawValue)),
                .init("cap_per_month", .amounts(policy.capPerMonth)),
                .init("write_off_below", .amounts(policy.writeOffBelow)),
                .init("on_cancellation", .word(policy.onCancellation.rawValue)),
                .init("leave_out_offers", .list(policy.leftOutOffers.sorted().map { .text($0) })),
                .init("leave_out_customers", .list(policy.leftOutCustomers.sorted().map { .text($0) })),
                .init(
                    "discount",
                    .mapping([
                        .init("percent", .word(percent)), .init("rounding", .word(policy.discount.rounding.rawValue)),
                    ])),
                .init("pre_notification_days", .word("\(policy.preNotificationDays)")),
            ])
    }
}

extension Money {
    /// Hundredths of a percent as a percentage: "12.50", and "0" for nothing.
    fileprivate static func percentText(_ basisPoints: Int) -> String {
        guard !basisPoints.isMultiple(of: 100) else { return "\(basisPoints / 100)" }
        var bytes: [UInt8] = []
        writeAmount(minorUnits: Int64(basisPoints), exponent: 2, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
