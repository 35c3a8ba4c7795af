/// The rules that an input file must keep to be read; their identifiers never change.
///
/// The comment on each case is the page that users read (`rinnovo rules explain`).
public enum InputRule: String, CaseIterable, Sendable {
    /// The file holds no byte at all.
    ///
    /// An empty export is a lost one more often than not, and would make every renewal look uncharged.
    case emptyFile = "empty-file"

    /// The file has a header row and no record.
    ///
    /// An export without records is a lost one more often than not, and would make every renewal look uncharged.
    case noRecords = "no-records"

    /// A column that the file must have is not in its header row.
    ///
    /// Columns are found by name, in any order; names are compared to the letter.
    case missingColumn = "missing-column"

    /// Two columns of the header row have the same name.
    ///
    /// Nothing tells which of them holds the value.
    case duplicateColumn = "duplicate-column"

    /// The header row is that of no native file.
    ///
    /// Subscriptions, charges, events and usage each have columns of their own; a file is told by them. The finding
    /// names the kind that is nearest and the columns that are missing for it.
    case unknownLayout = "unknown-layout"

    /// A row has more or fewer fields than the header row.
    ///
    /// A field with a comma that is not quoted and a row that was cut are the commonest causes.
    case wrongFieldCount = "wrong-field-count"

    /// A quoted field is never closed, or closed only where another one meant to open.
    ///
    /// The quote swallows the rows behind it. The finding stands where the quote was opened.
    case unclosedQuote = "unclosed-quote"

    /// A quoted field is followed by something else than a comma or a line end.
    ///
    /// A quote inside a quoted field must be doubled.
    case textAfterQuote = "text-after-quote"

    /// A quote stands in a field that does not begin with one.
    ///
    /// A field that holds a quote must be quoted, and the quote in it doubled.
    case quoteInUnquotedField = "quote-in-unquoted-field"

    /// A carriage return stands outside quotes and not before a line feed.
    ///
    /// Lines end with LF or CR LF.
    case loneCarriageReturn = "lone-carriage-return"

    /// The last row has no line end, and nothing shows that it is complete.
    ///
    /// A file that was cut looks exactly like this. A last row whose last value cannot be the beginning of a longer
    /// one (a date, a currency, a status, a closed quote) is taken as complete.
    case truncatedLastRow = "truncated-last-row"

    /// A row is longer than a row of billing data can be.
    ///
    /// A quote that is never closed and a file that is no CSV are the commonest causes.
    case recordTooLong = "record-too-long"

    /// The files of one run are larger than positions in them can be told apart.
    ///
    /// The limit is far beyond any export: 2^27 blocks of 256 KiB, which is 32 TiB.
    case inputTooLarge = "input-too-large"

    /// A byte of value zero stands in the file.
    ///
    /// Text files hold none: the file is damaged, or in another encoding.
    case nulByte = "nul-byte"

    /// The file holds bytes that are not UTF-8.
    ///
    /// Files in another encoding must be converted first; nothing is guessed.
    case invalidUTF8 = "invalid-utf8"

    /// The file is no well-formed XML.
    ///
    /// A tag that is not closed, a bare `&` or `<`, a file that was cut, a byte that is no character of the encoding:
    /// nothing behind such a place can be read. The finding stands where libxml2 noticed it.
    case notWellFormed = "not-well-formed"

    /// The XML file has a DOCTYPE.
    ///
    /// A DOCTYPE can make a reader open other files, expand a line to gigabytes, or put in values that nobody sees.
    /// Billing files have none.
    case documentType = "document-type"

    /// Something in the XML file is larger than its limit.
    ///
    /// Elements nested deeper than 128, an element with more than 256 attributes, a tag or comment of more than
    /// 256 KiB, a text of more than 10 MB, a record of more than 1 MiB.
    case xmlLimit = "xml-limit"

    /// The XML file is in an encoding that is not read here.
    ///
    /// Read are UTF-8, UTF-16, ISO 8859 and the Windows code pages of single bytes.
    case unknownEncoding = "unknown-encoding"

    /// The root element is not the one of the file that was asked for.
    ///
    /// Charges stand under `<charges>`, subscriptions under `<subscriptions>`, in no namespace. A validation looks for
    /// the schema by the root element: one that is none of these needs a schema that is named with `--schema`.
    case wrongRootElement = "wrong-root-element"

    /// An element or a text stands where none can be.
    ///
    /// Under the root stand records and nothing else, in a record stand elements, and in a known element stands text.
    /// A record in a record is most often one whose end is missing.
    case unexpectedElement = "unexpected-element"

    /// A record has the same element twice.
    ///
    /// Nothing tells which of them holds the value.
    case duplicateElement = "duplicate-element"

    /// An element or attribute is not as the schema wants it.
    ///
    /// The finding names the element by its path, and stands at its start tag; where a child is missing or one too many
    /// has come, at that of the parent or of the one too many.
    case schemaViolation = "schema-violation"

    /// Whether the schema is kept could not be decided.
    ///
    /// libxml2 gives up on some patterns and content models. What is not decided is not valid.
    case schemaUndecided = "schema-undecided"

    /// The file begins with the byte order mark of UTF-16 or UTF-32.
    ///
    /// Native files are UTF-8.
    case wrongEncoding = "wrong-encoding"

    /// A row does not say which subscription it is about.
    ///
    /// Nobody can tell whose renewals such a row could have settled, so no verdict is given.
    case missingSubscription = "missing-subscription"

    /// A value that a row must have is empty.
    ///
    /// The row is rejected.
    case missingValue = "missing-value"

    /// A date is not of the form YYYY-MM-DD, or no day of the calendar.
    ///
    /// The row is rejected; nothing is made of 2024-02-30.
    case invalidDate = "invalid-date"

    /// An amount is not a plain decimal number of the currency.
    ///
    /// An optional minus, digits, and after a point at most as many digits as the currency has; no thousands
    /// separators, no plus, no exponent. The row is rejected; a damaged amount never becomes 0.
    case invalidAmount = "invalid-amount"

    /// A currency is no code of ISO 4217.
    ///
    /// Three upper-case letters. The row is rejected.
    case unknownCurrency = "unknown-currency"

    /// A price is below zero.
    ///
    /// The row is rejected.
    case negativePrice = "negative-price"

    /// A billing cycle is no ISO 8601 duration of whole days, weeks, months or years.
    ///
    /// For instance P30D, P1W, P1M, P3M, P1Y. The row is rejected.
    case invalidCycle = "invalid-cycle"

    /// The kind of a charge is none of the known ones.
    ///
    /// activation, renewal, addon, usage, one_off, refund, credit, adjustment, recovery. The row is rejected.
    case unknownKind = "unknown-kind"

    /// The status of a charge is none of the known ones.
    ///
    /// posted, pending, failed, reversed. The row is rejected.
    case unknownStatus = "unknown-status"

    /// The word of an event is none of the known ones.
    ///
    /// suspended, ended, ported_out, price_changed, offer_changed, cycle_changed, free, discounted, renumbered. The row
    /// is rejected, and renewals that it may bear on are undecided where their charges do not settle them.
    case unknownEvent = "unknown-event"

    /// The day on which an event no longer holds is not after the day from which it holds.
    ///
    /// `until` is exclusive, so such an event holds on no day. The row is rejected.
    case invalidUntil = "invalid-until"

    /// An event names a subscription that nobody has.
    ///
    /// No row of the subscriptions has the id, nor a line that was renumbered. Nothing is judged by the event. An export
    /// of the subscriptions that is older than the events is the commonest cause.
    case eventOfNobody = "event-of-nobody"

    /// Events of one line contradict each other or the subscription's row.
    ///
    /// Two prices, cycles or ends for the same day, a change from before the activation, an end under an id that the
    /// line has left. The renewals that hang on it are undecided.
    case contradictingEvents = "contradicting-events"

    /// One line stands in the subscriptions under several ids.
    ///
    /// A renumbering or `previous_ids` joins the ids of two rows, and nothing tells whose charges are whose: the
    /// renewals of all of them are undecided.
    case contestedIdentifier = "contested-id"

    /// The last day of a charge's period lies before its first, or there is a last day and no first.
    ///
    /// The last day is inclusive. The row is rejected.
    case invalidPeriod = "invalid-period"

    /// A subscription ended before it was activated.
    ///
    /// The row is rejected.
    case endedBeforeActivation = "ended-before-activation"

    /// A subscription stands in the file twice.
    ///
    /// The later row is rejected, and because nothing tells which contract is in force, the subscription's renewals
    /// are undecided.
    case duplicateSubscription = "duplicate-subscription"

    /// The offers file does not know the offer of some subscriptions.
    ///
    /// Told once for each offer, at its first row. These lines are judged by their rows alone: anniversary calendar, the
    /// row's price and cycle, no first periods and no fees. Look for a name that is written otherwise.
    case unknownOffer = "unknown-offer"

    /// Subscriptions and the offers file say different things of an offer's price, cycle, currency or calendar.
    ///
    /// Told once for each offer and difference, at its first row. A row's own price and cycle go before the offer's. Where
    /// the currency differs, the calendar is not in the file or does not go with the cycle, or nothing has a price, nobody
    /// can tell what was due, and the lines are `undecided`.
    case offerDifference = "offer-difference"

    /// The identifier, as it stands in every report.
    public var identifier: String { rawValue }

    /// Whether the input as a whole cannot be trusted once this rule is broken.
    ///
    /// Otherwise only the row is rejected.
    public var breaksTrust: Bool {
        switch self {
        case .emptyFile, .noRecords, .missingColumn, .duplicateColumn, .unknownLayout, .wrongFieldCount, .unclosedQuote,
            .textAfterQuote, .quoteInUnquotedField, .loneCarriageReturn, .truncatedLastRow, .recordTooLong,
            .inputTooLarge, .nulByte, .invalidUTF8, .wrongEncoding, .missingSubscription, .notWellFormed,
            .documentType, .xmlLimit, .unknownEncoding, .wrongRootElement, .unexpectedElement, .duplicateElement,
            .schemaUndecided:
            true
        case .schemaViolation, .missingValue, .invalidDate, .invalidAmount, .unknownCurrency, .negativePrice,
            .invalidCycle,
            .unknownKind, .unknownStatus, .unknownEvent, .invalidUntil, .eventOfNobody, .contradictingEvents,
            .contestedIdentifier, .invalidPeriod, .endedBeforeActivation, .duplicateSubscription, .unknownOffer,
            .offerDifference:
            false
        }
    }

    /// What a person does to mend the file.
    public var remedy: String {
        switch self {
        case .unknownOffer: "add the offer to the offers file, or correct its name there"
        case .offerDifference: "correct the subscriptions or the offers file; docs/offers.md says which of them counts"
        case .emptyFile, .noRecords: "export the file again and see that it is complete"
        case .missingColumn: "add the column, or rename the one that holds it"
        case .duplicateColumn: "rename or remove one of the columns"
        case .unknownLayout: "name the columns as docs/formats.md has them"
        case .wrongFieldCount: "quote fields that hold a comma, or export the file again"
        case .unclosedQuote: "close the quote, or double it if it belongs to the text"
        case .textAfterQuote, .quoteInUnquotedField: "quote the whole field and double the quotes in it"
        case .loneCarriageReturn: "end lines with LF or CR LF"
        case .truncatedLastRow: "export the file again; if it is complete, end its last line with a line feed"
        case .recordTooLong: "look for a quote that is never closed"
        case .notWellFormed: "mend the element at this place, or export the file again"
        case .documentType: "remove the DOCTYPE"
        case .xmlLimit: "look for an end tag that is missing"
        case .unknownEncoding: "convert the file to UTF-8 and declare it so"
        case .wrongRootElement: "name the file where its records belong, or rename its root element"
        case .unexpectedElement: "remove it, or end the element before it"
        case .duplicateElement: "remove one of the two"
        case .schemaViolation: "write what the schema wants"
        case .schemaUndecided: "simplify the pattern or content model, or validate with another tool"
        case .inputTooLarge: "audit fewer files in one run"
        case .nulByte: "export the file again, as UTF-8 text"
        case .invalidUTF8, .wrongEncoding: "convert the file to UTF-8"
        case .missingSubscription: "fill in the subscription_id, or take the row out"
        case .missingValue: "fill in the value"
        case .invalidDate: "write the date as YYYY-MM-DD"
        case .invalidAmount: "write the amount with a decimal point and without separators"
        case .unknownCurrency: "write the currency as its ISO 4217 code"
        case .negativePrice: "correct the price"
        case .invalidCycle: "write the cycle as P30D, P1M or the like"
        case .invalidUntil: "correct effective_on or until, or leave until empty for an open end"
        case .eventOfNobody: "export the subscriptions again, or correct the id"
        case .contradictingEvents: "keep the event that is in force"
        case .contestedIdentifier: "keep the row of the line as it is now, with its earlier ids in previous_ids"
        case .unknownKind, .unknownStatus, .unknownEvent: "use one of the known words"
        case .invalidPeriod: "correct period_start or period_end"
        case .endedBeforeActivation: "correct activated_on or ended_on"
        case .duplicateSubscription: "keep the row that is in force"
        }
    }
}
