import BillingRecords
import BillingValues

/// A charge whose subscription is not in the subscriptions file.
public struct StrangerCharge: Hashable, Sendable {
    /// The id that the charge names.
    public var subscription: [UInt8]

    /// The charge; its row has no meaning.
    public var charge: KeptCharge
}
