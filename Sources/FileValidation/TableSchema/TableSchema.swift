/// What a table schema says of a delimited file.
///
/// The form is Frictionless Table Schema, in JSON or YAML: see `docs/validation.md` for what of it is read.
public struct TableSchema: Sendable {
    /// How the columns of a file and the fields of a schema must agree.
    enum Match: String, CaseIterable, Sendable {
        /// The same, in the same order.
        case exact
        /// The same, in any order.
        case equal
        /// The file may have more.
        case subset
        /// The file may have fewer.
        case superset
        /// They share one at least.
        case partial
    }

    /// A field.
    struct Field: Sendable {
        let name: String
        let check: FieldCheck
        let wording: FieldWording
        /// Whether each value stands once.
        let isUnique: Bool
        /// Whether a sound value is never the beginning of a longer sound one.
        let isSelfDelimiting: Bool
    }

    /// Columns whose values must stand in a row of another file, or of the same.
    struct ForeignKey: Sendable {
        let fields: [String]
        /// The name of the file; empty for the same.
        let resource: String
        let referencedFields: [String]
    }

    let fields: [Field]
    let match: Match
    /// The columns that tell a row from every other.
    let primaryKey: [String]
    /// Further columns that do.
    let uniqueKeys: [[String]]
    let foreignKeys: [ForeignKey]

    /// The names of the files that foreign keys lead to, the same file left out.
    public var referencedResources: [String] {
        var names: [String] = []
        for key in foreignKeys where !key.resource.isEmpty && !names.contains(key.resource) {
            names.append(key.resource)
        }
        return names
    }
}
