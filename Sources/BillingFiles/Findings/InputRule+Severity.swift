/// How much a finding weighs.
public enum FindingSeverity: String, CaseIterable, Sendable {
    /// Something is wrong: the row, or the whole file, is not taken.
    case error
    /// Something is odd, and nothing is refused for it.
    case warning
}

extension InputRule {
    /// How much a finding on this rule weighs.
    public var severity: FindingSeverity {
        switch self {
        case .expiredWaiver, .byteOrderMark, .mixedLineEnds, .misspeltColumn, .unnamedColumn, .noFinalLineEnd,
            .periodNotWholeCycle:
            .warning
        default: .error
        }
    }

    /// Whether the input as a whole cannot be trusted once this rule is broken.
    ///
    /// Otherwise only the row is rejected.
    public var breaksTrust: Bool {
        switch self {
        case .emptyFile, .noRecords, .missingColumn, .duplicateColumn, .unknownLayout, .wrongFieldCount, .unclosedQuote,
            .textAfterQuote, .quoteInUnquotedField, .loneCarriageReturn, .truncatedLastRow, .recordTooLong,
            .inputTooLarge, .nulByte, .invalidUTF8, .wrongEncoding, .missingSubscription, .notWellFormed,
            .documentType, .xmlLimit, .jsonLimit, .unknownEncoding, .wrongRootElement, .unexpectedElement,
            .duplicateElement,
            .schemaUndecided, .invalidEncoding, .ambiguousEncoding, .ambiguousDialect, .ambiguousDecimal,
            .ambiguousDateOrder, .controlTotalMismatch,
            .sequenceGap, .controlFileMissing:
            true
        case .schemaViolation, .missingValue, .invalidDate, .invalidAmount, .unknownCurrency, .negativePrice,
            .invalidCycle,
            .unknownKind, .unknownStatus, .unknownEvent, .invalidUntil, .eventOfNobody, .contradictingEvents,
            .contestedIdentifier, .invalidPeriod, .endedBeforeActivation, .duplicateSubscription, .unknownOffer,
            .offerDifference,
            .expiredWaiver, .byteOrderMark, .mixedLineEnds, .misspeltColumn, .unnamedColumn, .unknownColumn,
            .misplacedColumn,
            .noFinalLineEnd, .invalidTime, .invalidNumber,
            .invalidValue, .patternMismatch, .belowMinimum, .aboveMaximum, .tooShort, .tooLong, .notInEnumeration,
            .duplicateValue, .duplicateKey, .unknownReference, .duplicateIdentifier, .chargeOfNobody, .chargeInFuture,
            .amountSign, .periodNotWholeCycle, .unwritableValue:
            false
        }
    }
}
