import BillingFiles

/// In which formats the inputs of an audit are, as far as options say.
struct AuditFormats: Sendable {
    /// The format of the charges files.
    var charges = InputFormat.byContent
    /// The format of the subscriptions file.
    var subscriptions = InputFormat.byContent
    /// The format of the events files.
    var events = InputFormat.byContent
    /// The format of the usage files.
    var usage = InputFormat.byContent
    /// The format of the files of payment results.
    var results = InputFormat.byContent

    /// How the files of a kind are read; nil stands for native files.
    ///
    /// - Throws: `UntrustedInput` with what is wrong with each file that is not of its format.
    func foreignFiles(_ sources: [InputSource], _ kind: NativeKind) throws -> [ForeignFile?] {
        let (format, option) =
            switch kind {
            case .charges: (charges, "--format")
            case .subscriptions: (subscriptions, "--subscriptions-format")
            case .events: (events, "--events-format")
            case .usage: (usage, "--usage-format")
            case .results: (results, "--results-format")
            }
        var files: [ForeignFile?] = []
        var findings = InputFindings()
        for source in sources {
            do {
                files.append(try format.foreignFile(source, kind: kind, option: option))
            } catch let untrusted as UntrustedInput {
                for finding in untrusted.findings.kept { findings.add(finding) }
            }
        }
        guard findings.isEmpty else { throw UntrustedInput(findings: findings) }
        return files
    }
}
