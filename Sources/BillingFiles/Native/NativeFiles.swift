/// The kinds of native files, and how a file's header row is turned into a decoder.
public enum NativeFiles {
    /// The decoder of a charges file, or every fault of its header row.
    public static func chargeDecoder(
        header: BlockSequence.Header, file: String
    ) -> Result<NativeChargeDecoder, InputFindingList> {
        NativeLayout.make(names: header.names, required: NativeColumns.charges, file: file)
            .map(NativeChargeDecoder.init)
    }

    /// The decoder of a subscriptions file, or every fault of its header row.
    public static func subscriptionDecoder(
        header: BlockSequence.Header, file: String
    ) -> Result<NativeSubscriptionDecoder, InputFindingList> {
        NativeLayout.make(names: header.names, required: NativeColumns.subscriptions, file: file)
            .map(NativeSubscriptionDecoder.init)
    }
}

/// Findings with which a file cannot be read at all.
public struct InputFindingList: Error, Sendable {
    /// The findings.
    public let findings: [InputFinding]
}
