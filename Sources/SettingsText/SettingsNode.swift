/// A value of a settings file with its place: a mapping, a list, a text, or nothing.
///
/// Texts are as they stand: nothing is taken for a number, a date or a truth value before a reader asks for one, so `no`
/// stays a country and `010` an offer.
public struct SettingsNode: Sendable {
    /// Where the value begins.
    public let place: SettingsPlace

    /// The way to the value from the root, for example `offers[2].prices[0].amount`; empty for the root.
    public let path: String

    /// What the value is.
    public let content: Content

    /// What a value of a settings file can be.
    public indirect enum Content: Sendable {
        /// Keys with their values, in the order of the file; no key stands twice.
        case mapping([Entry])
        /// Values one after the other.
        case list([SettingsNode])
        /// A text; quoted ones are texts even where they look like nothing.
        case text(String)
        /// Nothing behind the key, or `null`, or `~`.
        case empty
    }

    /// A key of a mapping with its value.
    public struct Entry: Sendable {
        /// The key.
        public let key: String
        /// Where the key stands.
        public let place: SettingsPlace
        /// The value.
        public let value: SettingsNode

        /// An entry.
        public init(key: String, place: SettingsPlace, value: SettingsNode) {
            self.key = key
            self.place = place
            self.value = value
        }
    }

    /// A value.
    public init(place: SettingsPlace, path: String, content: Content) {
        self.place = place
        self.path = path
        self.content = content
    }

    /// What the value is, in words for a message.
    var words: String {
        switch content {
        case .mapping: "keys with values"
        case .list: "a list"
        case .text(let text): "'\(text)'"
        case .empty: "nothing"
        }
    }
}
