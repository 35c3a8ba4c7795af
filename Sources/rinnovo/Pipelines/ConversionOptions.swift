import BillingFiles

/// What a conversion is asked to do.
struct ConversionOptions {
    /// The path of the input, `-` for standard input.
    let input: String

    /// The path of the output, `-` for standard output.
    let output: String

    /// The format of the input.
    let source: InputFormat

    /// The format of the output.
    let target: ConversionTarget

    /// By which mandates and for whom charges are collected; nil where the target collects nothing.
    let collections: ConversionCollections?

    /// The path of the file for records that the target cannot hold; nil for none.
    let rejected: String?

    /// Whether nothing may be lost.
    let isStrict: Bool

    /// Whether an output that exists is replaced.
    let replacesOutput: Bool

    /// How many threads convert.
    let threads: Int
}
