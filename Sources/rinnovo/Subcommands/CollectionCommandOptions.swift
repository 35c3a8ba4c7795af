import ArgumentParser
import DirectDebits

/// The options of `rinnovo audit` for collecting recovery charges by direct debit.
struct CollectionCommandOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Also write the recovery charges as SEPA direct debits: collections.xml for the bank, and "
                + "collections-refused.csv with the charges that it cannot collect; needs --mandates and --creditor.",
            valueName: "pain.008.001.02|pain.008.001.08"))
    var collections: String?

    @Option(
        help: ArgumentHelp(
            "The mandates of customers, a CSV file with subscription_id, account_holder, iban, mandate_id, signed_on, "
                + "sequence (FRST, RCUR, FNAL, OOFF), and bic if wanted.", valueName: "file"))
    var mandates: String?

    @Option(
        help: ArgumentHelp(
            "A YAML file that says who collects: name, iban, creditor_id; bic, scheme (CORE, B2B) and text if wanted.",
            valueName: "file"))
    var creditor: String?

    func validate() throws {
        let given = [collections, mandates, creditor].compactMap { $0 }.count
        guard given == 0 || given == 3 else {
            throw ValidationError("--collections, --mandates and --creditor go together.")
        }
        if let collections, DirectDebitMessage.Version(rawValue: collections) == nil {
            let known = DirectDebitMessage.Version.allCases.map(\.rawValue).joined(separator: " or ")
            throw ValidationError("--collections takes \(known), not '\(collections)'.")
        }
    }

    /// What is collected, if anything.
    ///
    /// - Throws: `SettingsRefusal` for a creditor file with faults.
    func options(_ file: SettingsFile?) throws -> CollectionOptions? {
        guard let file, let mandates, let version = collections.flatMap(DirectDebitMessage.Version.init(rawValue:))
        else {
            return nil
        }
        let creditor = try CreditorFile.read(file.bytes, file: file.path)
        return CollectionOptions(version: version, mandates: mandates, creditor: creditor)
    }
}
