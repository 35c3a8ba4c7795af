import BillingFiles
import FormatProfiles
import Reports

/// Keeps the beginning of a file that is written in a foreign format, to see that it is read again as what it is.
final class OutputRecognition {
    private let plan: WritingPlan
    private var beginning: [UInt8] = []

    init(_ plan: WritingPlan) {
        self.plan = plan
    }

    /// Takes the next bytes of the file, as far as its beginning goes.
    func take(_ bytes: Span<UInt8>) {
        let room = ForeignFile.beginningLength - beginning.count
        for index in 0..<min(max(0, room), bytes.count) { beginning.append(bytes[index]) }
    }

    /// How the file will be recognised; a file without records is not read at all where nothing but these tells its
    /// format.
    ///
    /// - Parameter hasRecords: whether there are any.
    /// - Throws: a `CommandOutcome` when not even its own profile reads its records: such a file must not be published.
    func recognition(hasRecords: Bool) throws -> ConversionOutcome.Recognition {
        let isWhole = beginning.count < ForeignFile.beginningLength
        if case .failure(let mismatch) = ForeignFile.open(plan.profile, beginning: beginning, isWhole: isWhole) {
            guard hasRecords else { return .none }
            throw CommandOutcome(
                status: .usage,
                message: "what was written would not be read again as \(plan.profile.name), so nothing is published: "
                    + "found \(mismatch.found), expected \(mismatch.expected)")
        }
        if InputFormat.isNative(beginning) { return .byName }
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: beginning, isWhole: isWhole)
        return detection.certain?.profile.name == plan.profile.name ? .byContent : .byName
    }
}
