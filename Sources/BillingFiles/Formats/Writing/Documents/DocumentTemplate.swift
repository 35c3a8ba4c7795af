import XMLStream

/// An XML document as a profile says that it is written: elements in their order, with holes where values go.
///
/// A hole is written in braces. `{}` takes the value that the profile reads at this place, `{name}` one of the values
/// of `write`, `{count}`, `{hash}`, `{same PATH}`, `{sum PATH}`, `{tax PATH}` and `{gross PATH}` what the records around it come to.
/// `{required}`, `{needed}` (where its element is there at all), `{unsigned}`, `{cents}` (an amount with two
/// decimals), `{currency-code}`, `{digits}`, `{ascii}`, `{line-number}` and a number of characters limit what a value may be.
final class DocumentTemplate: Sendable {
    /// The root element.
    let root: TemplateElement

    /// All elements, those around before those in them.
    let elements: [TemplateElement]

    /// All texts and attributes, in the order of the document.
    let nodes: [TemplateNode]

    init(root: TemplateElement, elements: [TemplateElement], nodes: [TemplateNode]) {
        self.root = root
        self.elements = elements.sorted { $0.number < $1.number }
        self.nodes = nodes
    }
}

/// An element of a template.
final class TemplateElement: Sendable {
    /// Its number in the template, from the root on.
    let number: Int
    let name: XMLName
    /// The names of the elements from the root to it.
    let path: [XMLName]
    /// The numbers of the elements from the root to it.
    let chain: [Int]
    /// The declarations of namespaces as they stand, a blank in front of each.
    let declarations: [UInt8]
    /// The nodes that are its attributes.
    let attributes: [Int]
    /// The node that is its text; nil where it holds elements.
    let text: Int?
    let children: [TemplateElement]

    init(
        number: Int, path: [XMLName], chain: [Int], declarations: [UInt8], attributes: [Int], text: Int?,
        children: [TemplateElement]
    ) {
        self.number = number
        name = path[path.count - 1]
        self.path = path
        self.chain = chain
        self.declarations = declarations
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// The nodes of the element and of all elements in it.
    var allNodes: [Int] { attributes + (text.map { [$0] } ?? []) + children.flatMap(\.allNodes) }
}

/// A place for a text: that of an element, or an attribute.
struct TemplateNode: Sendable {
    /// The names of the elements from the root to that of the text.
    let path: [XMLName]
    /// The numbers of these elements.
    let chain: [Int]
    /// The attribute, if it is one.
    let attribute: XMLName?
    /// What stands there.
    let content: TemplateContent
}

/// What stands in a place for a text.
enum TemplateContent: Sendable {
    /// Always the same.
    case literal([UInt8])
    /// A value, with what always stands before and behind it.
    case hole([UInt8], TemplateHole, [UInt8])

    /// The hole, if there is one.
    var hole: TemplateHole? {
        if case .hole(_, let hole, _) = self { hole } else { nil }
    }
}

/// Where a value goes, and what it may be.
struct TemplateHole: Hashable, Sendable {
    /// Where the value comes from.
    enum Source: Hashable, Sendable {
        /// Whatever feeds the field that the profile reads here.
        case field
        /// A value of the section `write`.
        case named(String)
        /// How many records there are.
        case count
        /// Digits that tell the document from every other.
        case hash
        /// What stands at another place of the record; the sum of the amounts of the records at a path, the tax on it, or both
        /// together.
        case same(String)
        case sum(String)
        case tax(String)
        case gross(String)
    }

    var source = Source.field
    var isRequired = false
    /// Whether its element cannot be without it.
    var isNeeded = false
    var isUnsigned = false
    var isCurrency = false
    var isDigits = false
    var mostCharacters: Int?
    /// Whether an amount has two decimals.
    var isInCents = false
    /// Whether all characters are those of ASCII.
    var isASCII = false
    /// Whether it is a number from 1 to 9999.
    var isLineNumber = false

    /// Whether the value is known only behind the records.
    var isLate: Bool {
        switch source {
        case .field, .named, .same: false
        default: true
        }
    }

    /// The path of the amounts that it adds.
    var summed: String? {
        switch source {
        case .sum(let path), .tax(let path), .gross(let path): path
        default: nil
        }
    }
}
