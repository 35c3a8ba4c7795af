/// What of a file a rule is about; a report tells the layers apart, the lowest first.
public enum ValidationLayer: String, CaseIterable, Sendable {
    /// Single bytes: the encoding, byte order marks, line ends.
    case bytes
    /// Rows, quotes, fields and the header; in XML tags and elements.
    case structure
    /// The types and constraints of values.
    case schema
    /// Counts and sums that the sender states.
    case controlTotals = "control-totals"
    /// What the values of a record, and records among each other, must agree on.
    case records
}

extension InputRule {
    /// What of a file the rule is about.
    public var layer: ValidationLayer {
        switch self {
        case .emptyFile, .nulByte, .invalidUTF8, .wrongEncoding, .unknownEncoding, .byteOrderMark, .mixedLineEnds,
            .invalidEncoding, .ambiguousEncoding, .loneCarriageReturn:
            .bytes
        case .noRecords, .missingColumn, .duplicateColumn, .unknownLayout, .wrongFieldCount, .unclosedQuote,
            .textAfterQuote, .quoteInUnquotedField, .truncatedLastRow, .recordTooLong, .inputTooLarge, .notWellFormed,
            .documentType, .xmlLimit, .jsonLimit, .wrongRootElement, .unexpectedElement, .duplicateElement,
            .ambiguousDialect,
            .ambiguousDecimal,
            .ambiguousDateOrder,
            .unknownColumn, .misspeltColumn, .misplacedColumn, .unnamedColumn, .noFinalLineEnd:
            .structure
        case .schemaViolation, .schemaUndecided, .missingSubscription, .missingValue, .invalidDate, .invalidAmount,
            .unknownCurrency, .negativePrice, .invalidCycle, .unknownKind, .unknownStatus, .unknownEvent, .invalidTime,
            .invalidNumber, .invalidValue, .patternMismatch, .belowMinimum, .aboveMaximum, .tooShort, .tooLong,
            .notInEnumeration, .unwritableValue:
            .schema
        case .controlTotalMismatch, .sequenceGap, .controlFileMissing:
            .controlTotals
        case .invalidUntil, .eventOfNobody, .contradictingEvents, .contestedIdentifier, .invalidPeriod,
            .endedBeforeActivation, .duplicateSubscription, .duplicateValue, .duplicateKey, .unknownReference,
            .duplicateIdentifier, .unknownOffer, .offerDifference, .chargeOfNobody, .chargeInFuture, .amountSign,
            .periodNotWholeCycle, .expiredWaiver:
            .records
        }
    }
}
