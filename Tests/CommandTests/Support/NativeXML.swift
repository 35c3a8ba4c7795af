import Foundation

/// CSV written as native XML in the plainest way: the oracle has no code in common with the program.
enum NativeXML {
    /// A document of records with the names of a CSV file's columns as elements.
    static func document(_ csv: String, root: String, record: String, lineEnd: String = "\n") -> String {
        let table = CSVTable(csv)
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<\(root)>"]
        for row in table.rows {
            lines.append("  <\(record)>")
            for column in table.columns { lines.append("    <\(column)>\(escaped(row[column] ?? ""))</\(column)>") }
            lines.append("  </\(record)>")
        }
        return (lines + ["</\(root)>"]).map { $0 + lineEnd }.joined()
    }

    static func charges(_ csv: String, lineEnd: String = "\n") -> String {
        document(csv, root: "charges", record: "charge", lineEnd: lineEnd)
    }

    static func subscriptions(_ csv: String) -> String {
        document(csv, root: "subscriptions", record: "subscription")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
