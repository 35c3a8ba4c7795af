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

    /// The header row is that of no native file, or the file is not of the format that was named, or of no known one.
    ///
    /// Subscriptions, charges, events and usage each have columns of their own; a file is told by them. The finding
    /// names the kind that is nearest and the columns that are missing for it. JSON of no known format is not read as
    /// a table.
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

    /// The file is no well-formed XML or JSON.
    ///
    /// A tag or bracket that is not closed, a bare `&` or `<`, a comma too many, a file that was cut, a byte that is no
    /// character of the encoding: nothing behind such a place can be read. In XML the finding stands where libxml2
    /// noticed it.
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

    /// Something in the JSON file is larger than its limit.
    ///
    /// Values nested deeper than 128, an object with more than 4096 members, a text or record of more than 1 MiB, names that
    /// make more than 20,000 paths.
    case jsonLimit = "json-limit"

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

    /// A record has the same element twice, or an object of JSON the same name.
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
    /// A renumbering or `previous_ids` joins the ids of two rows whose times overlap, and nothing tells whose charges
    /// are whose: the renewals of all of them are undecided.
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
    /// the currency differs, a row's calendar is not in the file (or there is none) or does not go with the cycle, or
    /// nothing has a price, nobody can tell what was due, and the lines are `undecided`.
    case offerDifference = "offer-difference"

    /// The file begins with a byte order mark that is not needed.
    ///
    /// UTF-8 has no byte order. Some programs take the mark for a part of the first column's name. A warning.
    case byteOrderMark = "byte-order-mark"

    /// Some lines end with LF and others with CR LF.
    ///
    /// Most often two files were put together. It is told once, at the first line that ends otherwise. A warning.
    case mixedLineEnds = "mixed-line-ends"

    /// A byte or pair of bytes has no meaning in the encoding of the file.
    ///
    /// Windows-1252 has five bytes without a character, and UTF-16 knows no half of a pair. The file is damaged, or in
    /// another encoding.
    case invalidEncoding = "invalid-encoding"

    /// The encoding of the file cannot be told.
    ///
    /// The bytes are no UTF-8, and several encodings would give a text. Nothing is guessed: a name would be read
    /// wrongly and nobody would see it.
    case ambiguousEncoding = "ambiguous-encoding"

    /// The delimiter of the file cannot be told.
    ///
    /// Several delimiters cut the rows into equally many fields, or none does. Nothing is guessed: an amount could be
    /// cut in two.
    case ambiguousDialect = "ambiguous-dialect"

    /// Nothing tells the decimal point from the decimal comma.
    ///
    /// Told of native files in another dialect. `1,234` may be one and a bit or more than a thousand; nothing is guessed.
    case ambiguousDecimal = "ambiguous-decimal"

    /// Nothing tells in which order dates name day and month.
    ///
    /// Told of native files in another dialect. `03/04/2025` may be a day of March or of April; nothing is guessed.
    case ambiguousDateOrder = "ambiguous-date-order"

    /// A column of the file is none of the schema.
    ///
    /// A schema that wants exactly its own fields allows no others. The column is not checked, the others are.
    case unknownColumn = "unknown-column"

    /// A column has nearly the name of one that is known.
    ///
    /// Unknown columns are carried through, so a letter too few would hide a column from every reader. A warning.
    case misspeltColumn = "misspelt-column"

    /// A column stands in another place than in the schema.
    ///
    /// A schema that wants exactly its own fields wants them in their order. The values are checked all the same, by
    /// name.
    case misplacedColumn = "misplaced-column"

    /// A column has no name.
    ///
    /// Nobody can ask for its values. Most often the rows end with a delimiter. A warning.
    case unnamedColumn = "unnamed-column"

    /// The last row has no line end.
    ///
    /// A file that was cut looks like this, and so do files of many programs. A warning; in native files see truncated-
    /// last-row.
    case noFinalLineEnd = "no-final-line-end"

    /// A time is not of the form YYYY-MM-DDThh:mm:ss, or none of the calendar and the clock.
    ///
    /// In files with a schema it is the form that the schema gives. The row is rejected.
    case invalidTime = "invalid-time"

    /// A number is none, or not written as the schema says.
    ///
    /// Digits, a sign, and the decimal and group characters of the schema; whole numbers have no decimals. The row is
    /// rejected; nothing is rounded.
    case invalidNumber = "invalid-number"

    /// A value is not of the type that the schema gives its column.
    ///
    /// Truth values, years, months, durations, objects and arrays have forms of their own. The row is rejected.
    case invalidValue = "invalid-value"

    /// A value does not match the pattern of its column.
    ///
    /// The pattern holds for the whole value. The row is rejected.
    case patternMismatch = "pattern-mismatch"

    /// A value is below the minimum of its column.
    ///
    /// Numbers, dates and times are compared as such, exactly. The row is rejected.
    case belowMinimum = "below-minimum"

    /// A value is above the maximum of its column.
    ///
    /// Numbers, dates and times are compared as such, exactly. The row is rejected.
    case aboveMaximum = "above-maximum"

    /// A value is shorter than its column allows.
    ///
    /// Lengths count characters of Unicode. The row is rejected.
    case tooShort = "too-short"

    /// A value is longer than its column allows.
    ///
    /// Lengths count characters of Unicode. The row is rejected.
    case tooLong = "too-long"

    /// A value is none of those that its column may hold.
    ///
    /// Values are compared as the type of the column reads them, so 1.0 is 1 for numbers. The row is rejected.
    case notInEnumeration = "not-in-enumeration"

    /// A value stands twice in a column of which each value is unique.
    ///
    /// Values are compared byte by byte. The later row is rejected; empty values may stand any number of times.
    case duplicateValue = "duplicate-value"

    /// Two rows have the same primary key.
    ///
    /// The values of the key's columns are compared byte by byte. The later row is rejected.
    case duplicateKey = "duplicate-key"

    /// A foreign key leads to no row.
    ///
    /// No row of the file that is referred to, which must be given too, has these values. An empty reference leads
    /// nowhere and is none. The row is rejected.
    case unknownReference = "unknown-reference"

    /// The id of a charge or usage record stands twice.
    ///
    /// An export that was appended twice charges twice. The later row is rejected.
    case duplicateIdentifier = "duplicate-id"

    /// A charge names a subscription that nobody has.
    ///
    /// Looked for when a subscriptions file is given too. Ids in `previous_ids` and ids of renumbered lines are known.
    /// An export of the subscriptions that is older than the charges is the commonest cause. The row is rejected.
    case chargeOfNobody = "charge-of-nobody"

    /// A charge was made on a day that has not come.
    case chargeInFuture = "charge-in-future"

    /// The sign of an amount contradicts the kind of the charge.
    case amountSign = "amount-sign"

    /// The period of a charge is no whole number of the subscription's cycles.
    case periodNotWholeCycle = "period-not-whole-cycle"

    /// What a control file states of a file is not what was read.
    case controlTotalMismatch = "control-total-mismatch"

    /// A sequence number is missing or stands twice.
    case sequenceGap = "sequence-gap"

    /// A file that a control file names was not given.
    case controlFileMissing = "control-file-missing"

    /// A rule was waived until a day that has passed.
    ///
    /// Told of the rules file of `validate --rules`. From that day on the rule counts again; whether the reason still
    /// holds is for a person to say. A warning.
    case expiredWaiver = "expired-waiver"

    /// A value that the format of the output cannot hold.
    ///
    /// Told by `convert --to` of a format profile: a word that the format has no other word for, an amount with more
    /// decimals than it has, a delimiter where it has no quotes, a text longer than its field. Writing another value in
    /// its place would change what the record says. The record is not written; `--rejected` names a file for it.
    case unwritableValue = "unwritable-value"

    /// The identifier, as it stands in every report.
    public var identifier: String { rawValue }
}
