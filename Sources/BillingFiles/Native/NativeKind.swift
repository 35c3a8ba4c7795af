/// The kinds of native files.
public enum NativeKind: String, CaseIterable, Sendable {
    /// One record a contract.
    case subscriptions

    /// One record a charge, credit or refund.
    case charges

    /// One record a change of a contract.
    case events

    /// One record a call, message or data session.
    case usage

    /// One record what a bank says of a collection.
    case results

    /// The columns that a file of the kind must have, in their canonical order.
    public var columns: [String] {
        switch self {
        case .subscriptions: NativeColumns.subscriptions
        case .charges: NativeColumns.charges
        case .events: NativeColumns.events
        case .usage: NativeColumns.usage
        case .results: NativeColumns.results
        }
    }

    /// The columns that a file of the kind may have, in their canonical order behind the others.
    public var optionalColumns: [String] {
        switch self {
        case .subscriptions: NativeColumns.optionalOfSubscriptions
        case .charges: NativeColumns.optionalOfCharges
        case .results: NativeColumns.optionalOfResults
        case .events, .usage: []
        }
    }

    /// The name of an XML file's root element.
    public var rootElement: String { self == .usage ? "usages" : rawValue }

    /// The name of the element of a record in XML.
    public var recordElement: String {
        switch self {
        case .subscriptions: "subscription"
        case .charges: "charge"
        case .events: "event"
        case .usage: "usage"
        case .results: "result"
        }
    }

    /// The kind of an XML file with a root element of this name.
    public init?(rootElement: String) {
        guard let kind = Self.allCases.first(where: { $0.rootElement == rootElement }) else { return nil }
        self = kind
    }

    /// The kind of a CSV file with these columns, nil when it lacks a column of every kind.
    public init?(columns: [String]) {
        guard let kind = Self.nearest(to: columns), kind.missing.isEmpty else { return nil }
        self = kind.kind
    }

    /// The kind that lacks the fewest columns, and the columns that it lacks.
    ///
    /// Of kinds that lack equally many it is the one that has most of its own columns among them.
    public static func nearest(to columns: [String]) -> (kind: NativeKind, missing: [String])? {
        let names = Set(columns)
        return allCases.map { kind in (kind: kind, missing: kind.columns.filter { !names.contains($0) }) }
            .min { left, right in
                (left.missing.count, -left.kind.columns.count) < (right.missing.count, -right.kind.columns.count)
            }
    }

    /// Columns in canonical order: those that the kind must have, those that it may have, then the others as they come.
    public func canonicalOrder(of columns: [String]) -> [String] {
        let known = self.columns + optionalColumns
        return known.filter(columns.contains) + columns.filter { !known.contains($0) }
    }
}
