public import BillingValues

extension Timeline {
    /// The first day without service of the end that holds on a day for certain; nil where none does.
    public func certainEnd(by day: CivilDate) -> CivilDate? { ends.certain(on: day)?.from }
}
