/// The elements that are open while a document is read, outermost first.
struct OpenElements {
    private struct Element {
        var name: UInt32
        var offset: UInt64
        var textBytes: Int
    }

    /// How many bytes a path may have before it is cut; names may have many more.
    private static let longestPath = 1000

    private var elements: [Element] = []
    /// The last child of the root element, and how many of that name there were so far.
    private var childCounts: [UInt32: Int] = [:]
    private var lastChild: UInt32 = 0
    private var lastChildCount = 0

    /// How many elements there were so far.
    private(set) var count = 0
    /// How many of them were children of the root element.
    private(set) var childCount = 0

    /// Whether the innermost one has had its end tag: what validation says of the whole element comes behind that.
    private var isClosing = false

    /// How many are open; one that is closing counts until `settle`.
    var depth: Int { elements.count }

    /// The offsets of their tags.
    var offsets: [UInt64] { elements.dropLast(isClosing ? 1 : 0).map(\.offset) }

    /// The offset of the innermost one's tag.
    var innermostOffset: UInt64 { elements.last?.offset ?? 0 }

    /// How many bytes of text the innermost one has so far.
    var textBytes: Int {
        get { elements.last?.textBytes ?? 0 }
        set { if !elements.isEmpty { elements[elements.count - 1].textBytes = newValue } }
    }

    mutating func push(_ name: UInt32, offset: UInt64) {
        count += 1
        if elements.count == 1 { countChild(name) }
        elements.append(Element(name: name, offset: offset, textBytes: 0))
    }

    /// Notes the end of the innermost one, and returns its name.
    mutating func close() -> UInt32 {
        isClosing = true
        return elements.last?.name ?? 0
    }

    /// Takes away an element that is closing: what comes now is not about it.
    mutating func settle() {
        guard isClosing else { return }
        isClosing = false
        _ = elements.popLast()
    }

    /// The path of the innermost element; a child of the root carries its place among those of its name.
    ///
    /// A path that would be longer than messages should be is cut.
    func path(_ names: XMLNameTable) -> String {
        var path = ""
        for (depth, element) in elements.enumerated() {
            if path.utf8.count > Self.longestPath { return path + "/..." }
            path += "/" + names[element.name].written
            if depth == 1 { path += "[\(lastChildCount)]" }
        }
        return path.isEmpty ? "/" : path
    }

    private mutating func countChild(_ name: UInt32) {
        childCount += 1
        if name != lastChild {
            if lastChildCount > 0 { childCounts[lastChild] = lastChildCount }
            lastChild = name
            lastChildCount = childCounts[name] ?? 0
        }
        lastChildCount += 1
    }
}
