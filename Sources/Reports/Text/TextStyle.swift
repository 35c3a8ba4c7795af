/// How text for people is set off: with terminal colours, or not at all.
public struct TextStyle: Sendable {
    /// Whether colours are used.
    public let usesColour: Bool

    /// A style with or without colours.
    public init(usesColour: Bool) {
        self.usesColour = usesColour
    }

    /// A heading.
    func heading(_ text: String) -> String { wrap(text, "1") }

    /// Something that needs attention.
    public func alarm(_ text: String) -> String { wrap(text, "1;31") }

    /// Something that is in order.
    func calm(_ text: String) -> String { wrap(text, "32") }

    /// Something of lesser weight.
    func faint(_ text: String) -> String { wrap(text, "2") }

    private func wrap(_ text: String, _ code: String) -> String {
        usesColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
