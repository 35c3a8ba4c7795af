public import BillingFiles

/// What a delimited file is validated against.
public enum TableDefinition: Sendable {
    /// The native file that its columns tell, or one that was named.
    case native(NativeKind?)
    /// The schema of the columns.
    case schema(TableSchema)
}
