/// The schemas of the native files, which the program carries with it.
///
/// Their texts are those of the files in `schemas/`.
public enum NativeSchemas {
    /// The text of the schema for an outermost element, and the name of its file; nil for an element of no native file.
    static func schema(root: String) -> (text: String, name: String)? {
        switch root {
        case "charges": (charges, "charges.xsd")
        case "subscriptions": (subscriptions, "subscriptions.xsd")
        case "events": (events, "events.xsd")
        case "usages": (usage, "usage.xsd")
        case "results": (results, "results.xsd")
        default: nil
        }
    }
}

extension XMLSchema {
    /// The schema of the native file with an outermost element; nil when no native file has that element.
    ///
    /// - Throws: `SchemaRefusal`, when libxml2 has not even the memory for a schema of a few lines.
    public static func native(root: String) throws(SchemaRefusal) -> XMLSchema? {
        guard let (text, name) = NativeSchemas.schema(root: root) else { return nil }
        return try compiled(text: text, name: name)
    }
}
