/// The elements that are open while a document is read, outermost first.
struct OpenElements {
    private struct Element {
        var name: UInt32
        var offset: UInt64
        var textBytes: Int
    }

    private var elements: [Element] = []
    /// The last child of the root element, and how many of that name there were so far.
    private var childCounts: [UInt32: Int] = [:]
    private var lastChild: UInt32 = 0
    private var lastChildCount = 0

    /// How many are open.
    var depth: Int { elements.count }

    /// The offset of the innermost one's tag.
    var innermostOffset: UInt64 { elements.last?.offset ?? 0 }

    /// How many bytes of text the innermost one has so far.
    var textBytes: Int {
        get { elements.last?.textBytes ?? 0 }
        set { if !elements.isEmpty { elements[elements.count - 1].textBytes = newValue } }
    }

    mutating func push(_ name: UInt32, offset: UInt64) {
        if elements.count == 1 { countChild(name) }
        elements.append(Element(name: name, offset: offset, textBytes: 0))
    }

    mutating func pop() -> UInt32 { elements.popLast()?.name ?? 0 }

    /// The path of the innermost element; a child of the root carries its place among those of its name.
    func path(_ names: XMLNameTable) -> String {
        var path = ""
        for (depth, element) in elements.enumerated() {
            path += "/" + names[element.name].written
            if depth == 1 { path += "[\(lastChildCount)]" }
        }
        return path.isEmpty ? "/" : path
    }

    private mutating func countChild(_ name: UInt32) {
        if name != lastChild {
            if lastChildCount > 0 { childCounts[lastChild] = lastChildCount }
            lastChild = name
            lastChildCount = childCounts[name] ?? 0
        }
        lastChildCount += 1
    }
}
