import BillingValues

/// The activation fee of a line: what was due, when, and what is known of its payment.
struct ActivationFeeAccount: Sendable {
    /// Period 0, which begins with the activation.
    let period: BillingPeriod

    /// The day on which the fee is collected.
    let dueOn: CivilDate

    /// The fee in minor units.
    let due: Int64

    /// The charges that paid it, or that may have; of whatever status and amount.
    var charges: [KeptCharge] = []

    /// Whether charges were found that may or may not have paid it.
    var isDoubtful = false
}
