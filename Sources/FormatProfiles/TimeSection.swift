import BillingFiles
import SettingsText

/// Days and points in time of a profile.
enum TimeSection {
    static func pattern(_ node: SettingsNode, _ reader: inout SettingsReader) -> TimePattern? {
        reader.value(
            node, expected: "a pattern of YYYY, YY, MM, M, MONTH, MON, DD, D, hh, h, mm, ss, f, Z, or epoch, epoch-ms"
        ) { TimePattern($0) }
    }

    /// What is written behind points in time: nothing for `none`, `Z` for `UTC`, or an offset.
    static func offset(_ node: SettingsNode, _ reader: inout SettingsReader) -> String? {
        reader.value(node, expected: "none, UTC, or an offset such as +01:00") { text in
            if text == "none" { return "" }
            if text == "UTC" { return "Z" }
            let bytes = Array(text.utf8)
            guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
                bytes[3] == UInt8(ascii: ":"), let hours = Int(text.dropFirst().prefix(2)),
                let minutes = Int(text.suffix(2)), (0...14).contains(hours), (0..<60).contains(minutes)
            else { return nil }
            return text
        }
    }

    /// How a value of a column of ours is written as a time.
    static func form(
        _ section: SettingsMapping, column: String, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> TimeForm? {
        guard let node = section["date"], let pattern = pattern(node, &reader) else { return nil }
        var form = TimeForm(pattern, offset: context.offset)
        if let zone = section["zone"] {
            if case .mapping = zone.content {
                guard let keys = reader.mapping(zone, keys: ["column"]), let source = reader.require(keys, "column"),
                    let name = reader.text(source)
                else { return nil }
                context.refer(to: name, at: source)
                form.offsetSource = name
            } else {
                form.offset = offset(zone, &reader) ?? ""
            }
        }
        if let day = section["day"] {
            form.dayOfMonth = reader.choice(day, ["first": .first, "last": .last]) ?? .first
        } else if !pattern.namesDay {
            reader.fault(node, found: "a pattern without a day", expected: "one, or 'day: first' or 'day: last'")
        }
        if let months = section["months-later"] { form.monthsLater = reader.integer(months, in: 0...24) ?? 0 }
        if let days = section["days-later"] { form.daysLater = reader.integer(days, in: -1...1) ?? 0 }
        if column == "started_at", !pattern.hasTime {
            reader.fault(node, found: "a pattern without hours and minutes", expected: "a time of the day")
        }
        return form
    }
}
