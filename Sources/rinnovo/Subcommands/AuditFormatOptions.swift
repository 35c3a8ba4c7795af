import ArgumentParser

/// The options of `rinnovo audit` that name the formats of foreign inputs.
struct AuditFormatOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format of the charges: csv, xml, a name of 'rinnovo formats list', or a profile such as ./mine.yaml; "
                + "default: by content, where that is sure.", valueName: "name"))
    var format: String?

    @Option(help: ArgumentHelp("The format of the subscriptions.", valueName: "name"))
    var subscriptionsFormat: String?

    @Option(help: ArgumentHelp("The format of the events.", valueName: "name"))
    var eventsFormat: String?

    @Option(help: ArgumentHelp("The format of the usage records.", valueName: "name"))
    var usageFormat: String?

    @Option(help: ArgumentHelp("The format of the payment results.", valueName: "name"))
    var resultsFormat: String?

    /// The formats.
    var formats: AuditFormats {
        get throws {
            AuditFormats(
                charges: try InputFormat(format, option: "--format"),
                subscriptions: try InputFormat(subscriptionsFormat, option: "--subscriptions-format"),
                events: try InputFormat(eventsFormat, option: "--events-format"),
                usage: try InputFormat(usageFormat, option: "--usage-format"),
                results: try InputFormat(resultsFormat, option: "--results-format"))
        }
    }
}
