/// Bytes from a file made fit to be shown: shortened, and without a byte that a terminal would obey.
public enum VisibleText {
    /// How many characters are shown at most.
    public static let limit = 60

    /// The text with control, format and line-separating characters written as `\u{..}` and bad UTF-8 as `\u{FFFD}`.
    public static func of(_ bytes: some Sequence<UInt8>, limit: Int = limit) -> String {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var shown = ""
        var count = 0
        while count < limit {
            switch decoder.decode(&iterator) {
            case .emptyInput: return shown
            case .error: shown += "\\u{FFFD}"
            case .scalarValue(let scalar): append(scalar, to: &shown)
            }
            count += 1
        }
        // The decoder reads ahead: only it can tell whether something is left.
        if case .emptyInput = decoder.decode(&iterator) { return shown }
        return shown + "..."
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        default:
            text.unicodeScalars.append(scalar)
        }
    }
}
