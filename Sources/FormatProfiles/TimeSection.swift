import BillingFiles
import SettingsText

/// Days and points in time of a profile.
enum TimeSection {
    static func pattern(_ node: SettingsNode, _ reader: inout SettingsReader) -> TimePattern? {
        reader.value(
            node, expected: "a pattern of YYYY, YY, MM, M, MONTH, MON, DD, D, hh, h, mm, ss, f, Z, or epoch, epoch-ms"
        ) { TimePattern($0) }
    }

    /// How points in time without an offset of their own are meant.
    struct Zone {
        /// What is written behind them: nothing for `none`, `Z` for `UTC`, or an offset.
        var offset = ""
        /// The place whose clocks show them.
        var place: PlaceTime?
    }

    /// Reads `none`, `UTC`, an offset, or the name of a time zone.
    static func zone(_ node: SettingsNode, _ reader: inout SettingsReader) -> Zone {
        let expected = "none, UTC, an offset such as +01:00, or a time zone such as Europe/Rome"
        guard let text = reader.text(node) else { return Zone() }
        if text == "none" { return Zone() }
        if text == "UTC" { return Zone(offset: "Z") }
        if text.contains("/") {
            do throws(TimeZoneFile.Fault) {
                return Zone(place: PlaceTime(name: text, rules: try TimeZoneFile.rules(named: text)))
            } catch {
                reader.fault(node, found: error.description, expected: expected)
                return Zone()
            }
        }
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hours = Int(text.dropFirst().prefix(2)),
            let minutes = Int(text.suffix(2)), (0...14).contains(hours), (0..<60).contains(minutes)
        else {
            reader.fault(node, expected: expected)
            return Zone()
        }
        return Zone(offset: text)
    }

    /// How a value of a column of ours is written as a time.
    static func form(
        _ section: SettingsMapping, column: String, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> TimeForm? {
        guard let node = section["date"], let pattern = pattern(node, &reader) else { return nil }
        var form = TimeForm(pattern, offset: context.zone.offset, place: context.zone.place)
        if let zone = section["zone"] {
            if case .mapping = zone.content {
                guard let keys = reader.mapping(zone, keys: ["column"]), let source = reader.require(keys, "column"),
                    let name = reader.text(source)
                else { return nil }
                context.refer(to: name, at: source)
                form.offsetSource = name
            } else {
                let own = self.zone(zone, &reader)
                (form.offset, form.place) = (own.offset, own.place)
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
