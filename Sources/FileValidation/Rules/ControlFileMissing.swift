import BillingFiles

/// A file that a control file names was not given.
///
/// Its charges would be missing, and renewals that were charged would look uncharged. Files are found by their name
/// without folders, as they are stored: `charges.csv.gz` is not `charges.csv`. The finding stands where the control file
/// names the file first.
enum ControlFileMissing {
    static let rule = InputRule.controlFileMissing

    /// The findings, with the row that each is about.
    static func findings(
        _ statements: [ControlStatement], _ received: [ReceivedFile]
    ) -> [(row: Int, finding: InputFinding)] {
        var known = Set(received.map(\.name))
        var findings: [(row: Int, finding: InputFinding)] = []
        for (row, statement) in statements.enumerated() where !statement.file.isEmpty {
            guard known.insert(statement.file).inserted else { continue }
            let finding = statement.finding(
                rule, .file, found: "no file of this name",
                expected: "\(VisibleText.of(statement.file.utf8)), as the control file names it")
            findings.append((row, finding))
        }
        return findings
    }
}
