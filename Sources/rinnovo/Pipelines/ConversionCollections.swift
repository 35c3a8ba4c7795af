import ArgumentParser
import BillingFiles
import BillingValues
import DirectDebits

/// The direct debits that a conversion writes: by the mandates of customers, from a creditor.
struct ConversionCollections {
    /// What is wrong with the mandates.
    let findings: [InputFinding]

    /// The files that must not be replaced.
    let inputs: [FileIdentity]

    /// Judges the charges by the mandates.
    let judge: RecordJudge

    private let mandates: [[UInt8]: Mandate]
    private let faulty: Set<[UInt8]>
    private let creditor: Creditor
    private let version: DirectDebitMessage.Version
    private let createdOn: CivilDate

    /// Reads the files that a message needs.
    ///
    /// - Throws: `ValidationError` where one is not named, or a fact is none; `SettingsRefusal` for a creditor with
    ///   faults; `UntrustedInput` where nobody can tell whose mandates are meant; `InputError`.
    init(mandates: String?, creditor: String?, facts profile: FormatProfile) throws {
        guard let mandates, let creditor else {
            throw ValidationError(
                "\(profile.name) collects from accounts: it takes --mandates and --creditor, as audit --collections does."
            )
        }
        let given = Dictionary(
            profile.writing.given.map { ($0.name, $0.value.value ?? "") }, uniquingKeysWith: { first, _ in first })
        guard let version = DirectDebitMessage.Version(rawValue: given["version"] ?? "") else {
            let known = DirectDebitMessage.Version.allCases.map(\.rawValue).joined(separator: " or ")
            throw ValidationError("--set version: expected \(known).")
        }
        guard let createdOn = CivilDate(given["created"] ?? "") else {
            throw ValidationError("--set created: expected a day as 2025-06-01.")
        }
        let settings = try SettingsFile(creditor, role: "creditor")
        self.creditor = try CreditorFile.read(settings.bytes, file: settings.path)
        let source = try InputSource(path: mandates)
        let file = try MandateFile(source)
        var faults = InputFindings()
        for finding in file.findings { faults.add(finding) }
        if faults.breakTrust { throw UntrustedInput(findings: faults) }
        findings = file.findings
        inputs = [settings.identity, source.identity]
        self.mandates = file.mandates
        faulty = file.faulty
        judge = CollectionJudge.of(file.mandates, faulty: file.faulty)
        self.version = version
        self.createdOn = createdOn
    }

    /// The message that collects charges.
    ///
    /// - Throws: a `CommandOutcome` for a bug when one of them would not be collected.
    func message(of charges: [CollectedCharge]) throws -> [UInt8] {
        let plan = CollectionPlan(charges, mandates: mandates, faulty: faulty)
        guard plan.refused.isEmpty, plan.debitCount == charges.count else {
            throw CommandOutcome(
                status: .internalError,
                message:
                    "\(plan.refused.count) charges that may be collected would not be; nothing is published. This is a "
                    + "bug in rinnovo: please report it.")
        }
        return DirectDebitMessage(plan, from: creditor, version: version, createdOn: createdOn).bytes
    }
}
