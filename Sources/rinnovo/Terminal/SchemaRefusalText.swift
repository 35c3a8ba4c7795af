import BillingFiles
import Reports
import XMLStream

/// Why a schema is not used, as lines for people.
enum SchemaRefusalText {
    /// A line a reason: `file:line:column: error: ...`.
    static func lines(_ refusal: SchemaRefusal, style: TextStyle) -> [String] {
        refusal.faults.map { fault in
            var text = VisibleText.of(fault.file.utf8, limit: 1000)
            if let line = fault.line {
                text += ":\(line)"
                if let column = fault.column { text += ":\(column)" }
            }
            return text + ": " + style.alarm("error") + ": the schema is not used: "
                + VisibleText.of(fault.message.utf8, limit: 1000)
        }
    }

    /// Whether a document that was named cannot be opened; of one that another leads to, that one is wrong.
    static func isUnreadable(_ refusal: SchemaRefusal) -> Bool {
        refusal.faults.contains { $0.kind == .unreadable && $0.line == nil }
    }
}
