/// Which elements of a document are there: those around records, those without holes, and those with a value in one.
struct TemplatePresence {
    private var present: [Bool]

    /// What is there with some values.
    ///
    /// - Parameters:
    ///   - values: of each node, empty where there is none; late ones count as values.
    ///   - around: the elements that are there in any case.
    init(_ template: DocumentTemplate, values: [[UInt8]], around: [Int]) {
        present = Array(repeating: false, count: template.elements.count)
        var hasHole = present
        // Elements that stand in others have higher numbers.
        for element in template.elements.reversed() {
            var (holes, filled) = (false, false)
            for node in element.attributes + (element.text.map { [$0] } ?? []) {
                guard let hole = template.nodes[node].content.hole else { continue }
                holes = true
                if hole.isLate || !values[node].isEmpty { filled = true }
            }
            for child in element.children where hasHole[child.number] {
                holes = true
                if present[child.number] { filled = true }
            }
            hasHole[element.number] = holes
            present[element.number] = !holes || filled
        }
        for element in around { present[element] = true }
        // What stands in an element that is not there is not there.
        for element in template.elements where !element.chain.allSatisfy({ present[$0] }) {
            present[element.number] = false
        }
    }

    /// Whether an element is there.
    subscript(_ element: Int) -> Bool { present[element] }

    /// Whether the element of a node is there.
    func holds(_ node: TemplateNode) -> Bool { node.chain.last.map { present[$0] } ?? false }
}
