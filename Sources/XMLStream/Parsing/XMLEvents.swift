/// What a parser met in the bytes of one call, in the order of the document.
public struct XMLEvents: Sendable {
    /// One tag, attribute, text, comment or processing instruction.
    public struct Event: Sendable {
        /// What was met.
        public enum Kind: UInt8, Sendable {
            /// A start tag, or the start of an empty element.
            case startElement
            /// An attribute of the start tag ahead of it; the text is its value.
            case attribute
            /// The end of an element.
            case endElement
            /// Characters, from CDATA sections too; they may come in several pieces.
            case text
            /// A comment.
            case comment
            /// A processing instruction; the text is its content.
            case processingInstruction
        }

        /// Where it stands: the offset of the tag's `<` among all bytes fed, and behind the tag for the end of an
        /// element; of comments and instructions where they end, and of text 0.
        public var offset: UInt64

        /// The number of the name in `XMLPushParser.names`; 0 for text and comments.
        public var name: UInt32

        /// Where the text begins in `XMLEvents.text`.
        public var textStart: UInt32

        /// How many bytes of text there are, in UTF-8.
        public var textLength: UInt32

        /// How many bytes the start tag has, so that `offset + tagLength` is where its content begins.
        public var tagLength: UInt32

        /// How many elements are open around it: 0 for the root element's tags.
        public var depth: UInt16

        /// What was met.
        public var kind: Kind
    }

    /// The events.
    public internal(set) var list: [Event] = []

    /// The text of all events.
    public internal(set) var text: [UInt8] = []

    /// Where the text of an event stands in `text`.
    @inlinable public func range(of event: Event) -> Range<Int> {
        Int(event.textStart)..<(Int(event.textStart) + Int(event.textLength))
    }

    /// The text of an event.
    public func text(of event: Event) -> ArraySlice<UInt8> {
        let start = Int(event.textStart)
        return text[start..<(start + Int(event.textLength))]
    }
}
