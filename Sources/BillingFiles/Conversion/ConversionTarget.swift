/// The format that a conversion writes.
public enum ConversionTarget: Sendable {
    /// A native one.
    case native(NativeFormat)
    /// That of a profile.
    case foreign(WritingPlan)

    /// Native CSV.
    public static let csv = ConversionTarget.native(.csv)

    /// Native XML.
    public static let xml = ConversionTarget.native(.xml)

    /// The format as people write it.
    public var title: String {
        switch self {
        case .native(let format): format.title
        case .foreign(let plan): plan.profile.title
        }
    }

    /// The format as what something is carried by.
    public var carrier: String {
        switch self {
        case .native(let format): "native \(format.title)"
        case .foreign(let plan): plan.profile.name
        }
    }

    /// How the records of a profile are written; nil for native formats.
    public var plan: WritingPlan? {
        if case .foreign(let plan) = self { plan } else { nil }
    }
}
