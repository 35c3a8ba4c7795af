/// The table of the gallery: for every rule where its finding stands in the input.
enum GalleryTable {
    /// The page; what it says of places is what the tests compare with the reports.
    static func page(_ entries: [GalleryEntry]) throws -> String {
        let (all, entries) = (entries, entries.filter { $0.findings == nil })
        let told = entries.filter { $0.reason == nil }
        let whole = told.filter { $0.places.contains(where: \.isWhole) }
        let placed = told.count - whole.count
        var lines = [
            "# Error gallery", "",
            "Written by the tests (`RINNOVO_RECORD=1 swift test --filter ErrorGallery`); do not edit.", "",
            "A folder for each rule. For those on input files: a small input that breaks it, the command (`run`), where the finding "
                + "must stand (`places`, looked over by hand), and the text and JSON that come of it, byte for byte. For rules "
                + "that only an audit looks at, these are its lines on the rule and `input_findings` of `summary.json`, "
                + "which there is none of where the exit code is 65.", "",
            "Of \(entries.count) rules \(placed) are about a place: file, line, column, record and byte are exact for all "
                + "of them, and the bytes of the file there are the text meant. `...` behind a text says that the finding "
                + "is about the point before it. What an audit says of a whole row stands at the row's "
                + "beginning, whichever field it names.", "",
            "| rule | told by | line | column | record | field | byte | text there |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for entry in entries {
            let told = entry.isAudit ? "audit" : "validate"
            if let reason = entry.reason { lines.append("| `\(entry.rule)` | - | | | | | | \(reason) |") }
            for place in entry.places.prefix(1) {
                if let reason = place.reason {
                    lines.append("| `\(entry.rule)` | \(told) | | | | | | the whole file: \(reason) |")
                    continue
                }
                let byte = place.offset(in: try entry.bytes(of: place.file)).map(String.init) ?? "?"
                lines.append(
                    "| `\(entry.rule)` | \(told) | \(place.line) | \(place.column) | \(place.record) "
                        + "| \(place.field ?? "-") | \(byte) | \(shown(place)) |")
            }
        }
        lines += [
            "",
            "Of the rules of an audit the folder has the subscription and the first day of the period that must be found "
                + "(`findings`), their rows of `discrepancies.csv`, and what `summary.json` says of the rule.", "",
            "| rule | subscription | first day of the period |", "|---|---|---|",
        ]
        for entry in all {
            for finding in entry.findings ?? [] {
                let parts = finding.split(separator: "\t", omittingEmptySubsequences: false)
                    .map { $0.isEmpty ? "-" : "`\($0)`" }
                lines.append("| `\(entry.rule)` | \(parts.joined(separator: " | ")) |")
            }
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private static func shown(_ place: GalleryPlace) -> String {
        if place.text.isEmpty { return place.length == 0 ? "the end" : "" }
        var text = ""
        if place.text.contains(where: { $0 >= 0x80 }) {
            return "bytes `" + place.text.map { String($0, radix: 16) }.joined(separator: " ") + "`"
        }
        for scalar in String(decoding: place.text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "|": text += "\\|"
            case "\u{0}"..<" ": text += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return "`\(text)\(place.length == 0 ? "..." : "")`"
    }
}
