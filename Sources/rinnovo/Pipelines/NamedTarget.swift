import ArgumentParser
import BillingFiles

/// The format that `--to` names, with all that its files need besides records.
struct NamedTarget {
    /// The format of the output.
    let target: ConversionTarget

    /// By which mandates and for whom charges are collected; nil where the format collects nothing.
    let collections: ConversionCollections?

    /// A native format.
    init(_ format: NativeFormat) {
        target = .native(format)
        collections = nil
    }

    /// The format of a name or a path.
    ///
    /// - Throws: a `CommandOutcome` for a format that cannot be written, or facts that are missing; `ValidationError` for
    ///   options that do not fit it; `SettingsRefusal`, `InputError` and `UntrustedInput` for files that it needs.
    init(_ name: String, _ facts: GivenFacts, mandates: String?, creditor: String?) throws {
        if let format = NativeFormat(name: name) {
            try facts.refuse(for: "native \(format.title)")
            try Self.refuse(mandates, creditor, for: "native \(format.title)")
            target = .native(format)
            collections = nil
            return
        }
        var profile = try InputFormat.profile(name, option: "--to")
        // Only what can be written at all is worth a question.
        if case .failure(let refusal) = WritingPlan.make(profile) {
            throw CommandOutcome(
                status: .usage,
                message: "\(profile.name) cannot be written: "
                    + (refusal.column.map { "its records would have no \($0), for " } ?? "") + refusal.reason)
        }
        try facts.give(to: &profile)
        if profile.writing.collects {
            collections = try ConversionCollections(mandates: mandates, creditor: creditor, facts: profile)
        } else {
            try Self.refuse(mandates, creditor, for: profile.name)
            collections = nil
        }
        target = .foreign(try WritingPlan.make(profile, judge: collections?.judge).get())
    }

    private static func refuse(_ mandates: String?, _ creditor: String?, for format: String) throws {
        guard mandates != nil || creditor != nil else { return }
        throw ValidationError("--mandates and --creditor are for a format that collects; \(format) does not.")
    }

    /// Refuses a folder for an output that is one file.
    func check(_ output: String) throws {
        guard output.hasSuffix("/"), collections != nil || target.plan?.makesDocuments != true else { return }
        throw ValidationError("'\(output)' is a folder, and records of \(target.carrier) go to one file.")
    }
}
