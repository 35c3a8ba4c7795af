public import BillingValues

/// The kinds of native files, and how a file's header row is turned into a decoder.
public enum NativeFiles {
    /// The decoder of a charges file, or every fault of its header.
    ///
    /// `zone` has the days of charges that state a time with an offset; without it such rows are rejected.
    public static func chargeDecoder(
        header: BlockSequence.Header, file: String, zone: TimeZoneRules? = nil
    ) -> Result<NativeChargeDecoder, InputFindingList> {
        records(header, kind: .charges, file: file).map { NativeChargeDecoder($0, zone: zone) }
    }

    /// The decoder of a subscriptions file, or every fault of its header.
    ///
    /// - Parameter pricedOffers: the offers that have a price elsewhere, so that rows need not state one.
    public static func subscriptionDecoder(
        header: BlockSequence.Header, file: String, pricedOffers: Set<[UInt8]> = []
    ) -> Result<NativeSubscriptionDecoder, InputFindingList> {
        records(header, kind: .subscriptions, file: file).map {
            NativeSubscriptionDecoder($0, pricedOffers: pricedOffers)
        }
    }

    /// The decoder of an events file, or every fault of its header.
    public static func eventDecoder(
        header: BlockSequence.Header, file: String
    ) -> Result<NativeEventDecoder, InputFindingList> {
        records(header, kind: .events, file: file).map(NativeEventDecoder.init)
    }

    /// The decoder of a usage file, or every fault of its header.
    ///
    /// `zone` has the days of timestamps with an offset; without it they have the day that is written.
    public static func usageDecoder(
        header: BlockSequence.Header, file: String, zone: TimeZoneRules? = nil
    ) -> Result<NativeUsageDecoder, InputFindingList> {
        records(header, kind: .usage, file: file).map { NativeUsageDecoder($0, zone: zone) }
    }

    /// The decoder of a file of payment results, or every fault of its header.
    public static func resultDecoder(
        header: BlockSequence.Header, file: String
    ) -> Result<NativeResultDecoder, InputFindingList> {
        records(header, kind: .results, file: file).map(NativeResultDecoder.init)
    }

    private static func records(
        _ header: BlockSequence.Header, kind: NativeKind, file: String
    ) -> Result<NativeRecords, InputFindingList> {
        if let foreign = header.foreign {
            guard foreign.profile.kind == kind else {
                let finding = InputFinding(
                    rule: .unknownLayout, place: .whole(file),
                    found: "a file of \(foreign.profile.kind.rawValue) (\(foreign.profile.title))",
                    expected: "a file of \(kind.rawValue)")
                return .failure(InputFindingList(findings: [finding]))
            }
            return .success(NativeRecords(layout: foreign.rowLayout, foreign: foreign))
        }
        guard let xml = header.xml else {
            return NativeLayout.make(names: header.names, required: kind.columns, file: file)
                .map { NativeRecords(layout: $0) }
        }
        guard xml.root == kind.rootElement, xml.namespace == nil else {
            let finding = xml.wrongRoot(file: file, expected: "<\(kind.rootElement)>")
            return .failure(InputFindingList(findings: [finding]))
        }
        return .success(
            NativeRecords(
                layout: NativeLayout(.ofAudit(kind)),
                xml: XMLBlockReader(header: xml, shape: .ofAudit(kind))))
    }
}

/// Findings with which a file cannot be read at all.
public struct InputFindingList: Error, Sendable {
    /// The findings.
    public let findings: [InputFinding]
}
