import BillingFiles

/// A format carries one kind of record: whoever converts another kind into it has named the wrong format.
enum ConversionKinds {
    /// Refuses a file whose records the target is not for.
    ///
    /// - Throws: a `CommandOutcome` for a wrong command line.
    static func check(_ layout: ConversionLayout, of file: String) throws {
        try check(layout.kind, layout.target, of: "'\(file)'")
    }

    /// Refuses records of a kind that the target is not for.
    static func check(_ kind: NativeKind, _ target: ConversionTarget, of source: String) throws {
        guard let profile = target.plan?.profile, profile.kind != kind else { return }
        throw CommandOutcome(
            status: .usage,
            message: "\(source) holds \(kind.rawValue), and \(profile.name) is a format of \(profile.kind.rawValue): "
                + "records of one kind cannot become those of another")
    }
}
