/// Takes what stands in a text of JSON, in its order.
protocol JSONTaker {
    /// An object or array begins at an offset.
    mutating func begin(isArray: Bool, at offset: UInt64)
    /// An object or array has ended; the offset is that behind it.
    mutating func end(isArray: Bool, at offset: UInt64)
    /// The name of a member, whose quote stands at an offset.
    mutating func name(_ text: [UInt8], at offset: UInt64)
    /// A string, number, `true`, `false` or `null`.
    mutating func scalar(_ text: [UInt8], _ kind: JSONScanner.Scalar, at offset: UInt64)
}

/// What is wrong with a text of JSON.
struct JSONFault: Error, Hashable {
    var rule: InputRule
    var offset: UInt64
    var found: String
    var expected: String
}

/// Reads JSON (RFC 8259) piece by piece, in memory that does not grow with it.
///
/// Several values may follow each other if line ends stand between them (NDJSON). Nothing is read leniently: no comments,
/// no commas behind the last element, no text in single quotes. Names that stand twice are not looked for here.
struct JSONScanner {
    /// What a value can be besides an object or an array.
    enum Scalar: Hashable {
        case string, number, truth, null
    }

    /// What may come next.
    private enum Expected: Equatable {
        case value, valueOrEnd, name, nameOrEnd, colon, commaOrEnd
        /// A further value, once a line end has come.
        case nextDocument(hasLineEnd: Bool)
    }

    /// What is being read.
    private enum Token: Equatable {
        case none, string(isName: Bool), escape(isName: Bool), hexadecimal(isName: Bool), word
    }

    /// Deeper values are refused.
    static let mostDepth = 128

    /// What is wrong; nothing is read behind it.
    private(set) var fault: JSONFault?

    private let mostTextBytes: Int
    private var offset: UInt64 = 0
    private var expected = Expected.value
    private var token = Token.none
    private var tokenStart: UInt64 = 0
    private var text: [UInt8] = []
    private var hasOtherThanASCII = false
    private var hexadecimal = JSONEscape()
    private var arrays: [Bool] = []
    private var hasValue = false

    /// A scanner at the front; longer strings and numbers than so many bytes are refused.
    init(mostTextBytes: Int = 1 << 20) {
        self.mostTextBytes = mostTextBytes
    }

    /// How many bytes were fed.
    var consumedBytes: UInt64 { offset }

    /// Reads the next bytes.
    mutating func feed(_ bytes: Span<UInt8>, to taker: inout some JSONTaker) {
        var index = 0
        while index < bytes.count, fault == nil {
            switch token {
            case .none:
                take(bytes[index], &taker)
                index += 1
                offset += 1
            case .string(let isName):
                let start = index
                while index < bytes.count, Self.isPlain(bytes[index]) { index += 1 }
                append(bytes.extracting(start..<index))
                if index > start, hexadecimal.hasHalf { refuseHalf() }
                offset += UInt64(index - start)
                guard index < bytes.count, fault == nil else { continue }
                takeInString(bytes[index], isName: isName, &taker)
                index += 1
                offset += 1
            case .escape(let isName), .hexadecimal(let isName):
                takeEscape(bytes[index], isName: isName)
                index += 1
                offset += 1
            case .word:
                guard Self.isOfWord(bytes[index]) else {
                    endWord(&taker)
                    continue
                }
                append(bytes.extracting(index..<(index + 1)))
                index += 1
                offset += 1
            }
        }
    }

    /// Ends the text.
    mutating func finish(_ taker: inout some JSONTaker) {
        guard fault == nil else { return }
        if token == .word { endWord(&taker) }
        guard fault == nil else { return }
        if token != .none {
            refuse(found: "the end of the file in a text", expected: "a quote behind it, and the rest of the file")
        } else if let isArray = arrays.last {
            refuse(
                found: "the end of the file in an \(isArray ? "array" : "object")",
                expected: "the rest of it: the file was cut")
        } else if !hasValue {
            refuse(found: "no value", expected: "JSON")
        }
    }

    // MARK: Between tokens

    private mutating func take(_ byte: UInt8, _ taker: inout some JSONTaker) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): return
        case UInt8(ascii: "\n"):
            if case .nextDocument = expected { expected = .nextDocument(hasLineEnd: true) }
            return
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard beginsValue(byte) else { return }
            guard arrays.count < Self.mostDepth else {
                return refuse(
                    .jsonLimit, found: "values nested deeper than \(Self.mostDepth)",
                    expected: "at most \(Self.mostDepth)")
            }
            let isArray = byte == UInt8(ascii: "[")
            arrays.append(isArray)
            expected = isArray ? .valueOrEnd : .nameOrEnd
            taker.begin(isArray: isArray, at: offset)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            let isArray = byte == UInt8(ascii: "]")
            let mayEnd = expected == .commaOrEnd || expected == (isArray ? .valueOrEnd : .nameOrEnd)
            guard mayEnd, arrays.last == isArray else { return refuse(byte) }
            arrays.removeLast()
            taker.end(isArray: isArray, at: offset + 1)
            expected = arrays.isEmpty ? .nextDocument(hasLineEnd: false) : .commaOrEnd
        case UInt8(ascii: ","):
            guard expected == .commaOrEnd, let isArray = arrays.last else { return refuse(byte) }
            expected = isArray ? .value : .name
        case UInt8(ascii: ":"):
            guard expected == .colon else { return refuse(byte) }
            expected = .value
        case UInt8(ascii: "\""):
            let isName = expected == .name || expected == .nameOrEnd
            guard isName || beginsValue(byte) else { return }
            begin(.string(isName: isName))
        default:
            // A byte order mark in front is passed over, as RFC 8259 allows.
            if offset < 3, byte == [0xEF, 0xBB, 0xBF][Int(offset)] { return }
            guard Self.isOfWord(byte) else { return refuse(byte) }
            guard beginsValue(byte) else { return }
            begin(.word)
            text.append(byte)
        }
    }

    /// Whether a value may begin here; else that is a fault.
    private mutating func beginsValue(_ byte: UInt8) -> Bool {
        switch expected {
        case .value, .valueOrEnd: break
        case .nextDocument(hasLineEnd: true): break
        case .nextDocument(hasLineEnd: false):
            refuse(found: "a value behind the end of the document", expected: "the end, or a line end between values")
            return false
        case .name, .nameOrEnd, .colon, .commaOrEnd:
            refuse(byte)
            return false
        }
        hasValue = true
        return true
    }

    private mutating func begin(_ token: Token) {
        self.token = token
        tokenStart = offset
        text.removeAll(keepingCapacity: true)
        hasOtherThanASCII = false
    }

    private mutating func endValue() {
        token = .none
        expected = arrays.isEmpty ? .nextDocument(hasLineEnd: false) : .commaOrEnd
    }

    // MARK: In tokens

    private mutating func append(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            if bytes[index] >= 0x80 { hasOtherThanASCII = true }
            text.append(bytes[index])
        }
        if text.count > mostTextBytes {
            refuse(
                .jsonLimit, found: "a value of more than \(mostTextBytes) bytes", expected: "at most \(mostTextBytes)")
        }
    }

    private mutating func takeInString(_ byte: UInt8, isName: Bool, _ taker: inout some JSONTaker) {
        switch byte {
        case UInt8(ascii: "\\"): token = .escape(isName: isName)
        case UInt8(ascii: "\""):
            if hexadecimal.hasHalf { return refuseHalf() }
            if hasOtherThanASCII, String(validating: text, as: UTF8.self) == nil {
                offset = tokenStart
                return refuse(.invalidUTF8, found: "bytes that are no UTF-8", expected: "UTF-8")
            }
            if isName {
                token = .none
                expected = .colon
                taker.name(text, at: tokenStart)
            } else {
                endValue()
                taker.scalar(text, .string, at: tokenStart + 1)
            }
        default: refuse(byte)
        }
    }

    private mutating func takeEscape(_ byte: UInt8, isName: Bool) {
        if case .escape = token, byte == UInt8(ascii: "u") {
            token = .hexadecimal(isName: isName)
            return
        }
        if case .hexadecimal = token {
            guard hexadecimal.take(byte) else { return refuse(byte, expected: "four hexadecimal digits behind \\u") }
            guard let unit = hexadecimal.unit else { return }
            guard let bytes = hexadecimal.bytes(of: unit) else { return refuseHalf() }
            append(bytes.span)
        } else {
            guard !hexadecimal.hasHalf, let meant = JSONEscape.byte(of: byte) else {
                return refuse(byte, expected: "an escape of JSON")
            }
            append([meant].span)
        }
        token = .string(isName: isName)
    }

    private mutating func endWord(_ taker: inout some JSONTaker) {
        let kind: Scalar
        if text == Array("null".utf8) {
            kind = .null
        } else if text == Array("true".utf8) || text == Array("false".utf8) {
            kind = .truth
        } else if JSONNumber.isNumber(text) {
            kind = .number
        } else {
            offset = tokenStart
            return refuse(
                found: "'\(VisibleText.of(text))'", expected: "a number, true, false, null, or a text in quotes")
        }
        endValue()
        taker.scalar(text, kind, at: tokenStart)
    }

    // MARK: Faults

    private mutating func refuseHalf() { refuse(found: "half of a pair of UTF-16", expected: "both halves") }

    private mutating func refuse(_ byte: UInt8, expected told: String? = nil) {
        let found = byte < 0x20 ? "a control character" : "'\(VisibleText.of([byte]))'"
        refuse(found: found, expected: told ?? wanted)
    }

    private mutating func refuse(_ rule: InputRule = .notWellFormed, found: String, expected: String) {
        fault = fault ?? JSONFault(rule: rule, offset: offset, found: found, expected: expected)
    }

    /// What may come next, in words.
    private var wanted: String {
        if token != .none { return "text without control characters" }
        return switch expected {
        case .value: "a value"
        case .valueOrEnd: "a value or ']'"
        case .name: "a name in quotes"
        case .nameOrEnd: "a name in quotes or '}'"
        case .colon: "':'"
        case .commaOrEnd: arrays.last == true ? "',' or ']'" : "',' or '}'"
        case .nextDocument: "the end"
        }
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
    }
}
