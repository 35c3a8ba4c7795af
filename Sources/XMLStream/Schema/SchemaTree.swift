/// The elements of a schema document; those of a large one are not kept.
struct SchemaTree: Sendable {
    /// More elements than this are not kept.
    static let mostElements = 20_000

    /// The start tags in the order of the document.
    private(set) var tags: [SchemaTag] = []

    /// The parent of each element; that of the outermost one is -1.
    private(set) var parents: [Int] = []

    private var open: [Int] = []
    private var isTooLarge = false

    /// The places of the children of an element, those of -1 being the outermost one, annotations left out.
    func children(of parent: Int) -> [Int] {
        tags.indices.filter { parents[$0] == parent && tags[$0].name != .schema("annotation") }
    }

    /// Takes a start tag.
    mutating func start(_ tag: SchemaTag) {
        guard !isTooLarge else { return }
        guard tags.count < SchemaTree.mostElements else {
            isTooLarge = true
            tags = []
            parents = []
            return
        }
        parents.append(open.last ?? -1)
        open.append(tags.count)
        tags.append(tag)
    }

    /// Takes an end tag.
    mutating func end() {
        if !isTooLarge { open.removeLast() }
    }
}
