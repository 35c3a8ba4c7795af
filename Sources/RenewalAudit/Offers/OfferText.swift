/// Names of the offers file and the subscriptions, made safe for evidence.
enum OfferText {
    /// A name between quotes, at most 40 characters of it, control characters as question marks.
    static func of(_ name: [UInt8]) -> String {
        let text = String(decoding: name, as: UTF8.self)
        let visible = text.unicodeScalars.prefix(40).map { scalar in
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                ? "?" : String(scalar)
        }
        return "'\(visible.joined())'"
    }
}
