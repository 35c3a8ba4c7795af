/// A message of libxml2 about a violation of a schema, taken apart into what was found and what was expected.
///
/// What it does not know it leaves whole: no message is lost.
struct SchemaMessage {
    /// The attribute that the message is about.
    let attribute: String?

    /// What stands there.
    let found: String

    /// What should stand there.
    let expected: String

    /// Takes a message apart.
    init(_ message: String) {
        var text = message[...]
        while text.hasSuffix(".") || text.hasSuffix(" ") { text.removeLast() }
        attribute = Self.removeSubject(from: &text)
        (found, expected) =
            Self.value(text) ?? Self.facet(text) ?? Self.content(text) ?? Self.known(text)
            ?? (Self.uncapitalised(text), "what the schema allows")
    }

    /// `Element 'name': ` or `Element 'name', attribute 'name': ` in front; gives the name of the attribute.
    private static func removeSubject(from text: inout Substring) -> String? {
        guard text.hasPrefix("Element '"), let end = text.firstRange(of: "': ") else { return nil }
        let subject = text[..<end.lowerBound]
        text = text[end.upperBound...]
        return subject.firstRange(of: "', attribute '").map { String(subject[$0.upperBound...]) }
    }

    /// `'x' is not a valid value of the atomic type 'xs:date'`; the value may hold anything, the type not.
    private static func value(_ text: Substring) -> (found: String, expected: String)? {
        guard let middle = text.ranges(of: " is not a valid value of the ").last else { return nil }
        return (String(text[..<middle.lowerBound]), "a value of the " + text[middle.upperBound...])
    }

    /// `[facet 'pattern'] The value 'x' is not accepted by the pattern 'y'`.
    private static func facet(_ text: Substring) -> (found: String, expected: String)? {
        guard text.hasPrefix("[facet '"), let end = text.firstRange(of: "'] ") else { return nil }
        let name = text[..<end.lowerBound].dropFirst("[facet '".count)
        let rest = text[end.upperBound...]
        let start = "The value "
        for (middle, expected) in [
            (" is not an element of the set ", "one of "), (" is not accepted by the pattern ", "a value like "),
        ] {
            guard rest.hasPrefix(start), let range = rest.firstRange(of: middle) else { continue }
            return (String(rest[..<range.lowerBound].dropFirst(start.count)), expected + rest[range.upperBound...])
        }
        if rest.hasPrefix("The value has a length of "), let middle = rest.firstRange(of: "; this "),
            let allowed = rest.firstRange(of: " the allowed ")
        {
            let found = rest[..<middle.lowerBound].dropFirst("The value has ".count)
            return ("a value with \(found)", "a value with the \(rest[allowed.upperBound...])")
        }
        return (uncapitalised(rest), "what the schema allows (\(name))")
    }

    /// Messages without a part that changes, but for names.
    private static func known(_ text: Substring) -> (found: String, expected: String)? {
        if text.hasPrefix("Character content other than whitespace is not allowed") { return ("text", "elements only") }
        if text.hasPrefix("Character content is not allowed") { return ("text", "an empty element") }
        if text.hasPrefix("Element content is not allowed") { return ("an element", "text only") }
        if text.hasPrefix("No matching global declaration available for the validation root") {
            return ("a root element that the schema does not declare", "one that it declares")
        }
        guard text.hasPrefix("The attribute '") else { return nil }
        if text.hasSuffix("' is not allowed") { return ("an attribute that is not allowed", "no such attribute") }
        if text.hasSuffix("' is required but missing") {
            let name = text.dropFirst("The attribute ".count).dropLast(" is required but missing".count)
            return ("no attribute \(name)", "one")
        }
        return nil
    }

    private static func uncapitalised(_ text: Substring) -> String { text.prefix(1).lowercased() + text.dropFirst() }

    /// `This element is not expected. Expected is one of ( a, b )`, `Missing child element(s). Expected is ( a )`.
    private static func content(_ text: Substring) -> (found: String, expected: String)? {
        let found: String
        if text.hasPrefix("This element is not expected") {
            found = "an element that is not expected here"
        } else if text.hasPrefix("Missing child element(s)") {
            found = "the end of the element"
        } else {
            return nil
        }
        guard let list = text.firstRange(of: "( "), text.hasSuffix(" )"), list.upperBound < text.endIndex else {
            return (found, "no further element")
        }
        let names = text[list.upperBound...].dropLast(2).split(separator: ", ").map { "<\($0)>" }
        return (found, names.joined(separator: " or "))
    }
}
