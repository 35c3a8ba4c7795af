import BillingFiles

/// The keys of a file that foreign keys lead to.
public struct ReferencedKeys: Sendable {
    let keys: KeyTable

    /// Reads the columns of a file that a foreign key names.
    ///
    /// - Parameters:
    ///   - source: the file, opened for this alone.
    ///   - columns: the names of the columns.
    ///   - form: how the file is written; nil where its beginning tells.
    /// - Returns: nil when a column is not there or the file cannot be read as a table.
    /// - Throws: `InputError` when the bytes cannot be had.
    static func read(
        _ source: InputSource, columns: [String], form: DelimitedForm?, threads: Int
    ) throws -> ReferencedKeys? {
        var keys = KeyTable(seed: UInt64.random(in: .min ... .max))
        let reading = KeyReading(form: form ?? .native, threads: threads)
        let isRead = try reading.run(source, columns: columns) { row in
            let key = KeyHashes.joined(row)
            keys.insert(key.span)
        }
        return isRead ? ReferencedKeys(keys: keys) : nil
    }

    /// The keys of every foreign key of a schema, in its order; nil for one that leads to no file that is given.
    ///
    /// - Throws: `ReferenceFault` when a file lacks a column, and `InputError` when its bytes cannot be had.
    static func all(
        _ settings: DelimitedSettings, own source: InputSource, _ form: DelimitedForm
    ) throws -> [ReferencedKeys?] {
        guard case .schema(let schema) = settings.definition else { return [] }
        return try schema.foreignKeys.map { key in
            let path = key.resource.isEmpty ? source.path : settings.references[key.resource]
            guard let path, path != "-" else {
                throw ReferenceFault(resource: key.resource, reason: "no file that can be read twice is given for it")
            }
            let file = try InputSource(path: path, hashing: false, replayable: false)
            let form = key.resource.isEmpty ? form : settings.form
            guard let keys = try read(file, columns: key.referencedFields, form: form, threads: settings.threads) else {
                throw ReferenceFault(
                    resource: key.resource,
                    reason: "\(path) has no columns \(key.referencedFields.joined(separator: ", "))")
            }
            return keys
        }
    }
}

/// A foreign key that cannot be looked up.
public struct ReferenceFault: Error, CustomStringConvertible {
    /// The name of the resource; empty for the file itself.
    public let resource: String
    /// Why not.
    public let reason: String

    /// One line for people.
    public var description: String {
        "the foreign key to \(resource.isEmpty ? "the file itself" : "'\(resource)'") cannot be looked up: \(reason)"
    }
}
