import BillingValues
import DirectDebits
import OperatorSettings
import RenewalAudit

/// What an audit is asked to do.
struct AuditOptions: Sendable {
    /// The path of the subscriptions file, `-` for standard input; nil to infer the subscriptions from the charges.
    var subscriptions: String?
    /// The paths of the charges files.
    var charges: [String]
    /// The paths of the events files.
    var events: [String] = []
    /// The paths of the usage files.
    var usage: [String] = []
    /// The paths of the files of payment results.
    var results: [String] = []
    /// In which formats the inputs are.
    var formats = AuditFormats()
    /// The time zone whose days the timestamps have; nil for the days that are written.
    var zone: TimeZoneRules?
    /// The paths of the control files.
    var controls: [String] = []
    /// The files of settings that were read, for the manifest.
    var settings: [SettingsFile] = []
    /// The ids of the subscriptions whose histories are asked for.
    var explained: [String] = []
    /// What the offers file says.
    var offers = OfferCatalogue()
    /// What holds around suspensions where an offer says nothing.
    var suspension = SuspensionPolicy.standard
    /// What is judged.
    var terms: AuditTerms
    /// The whole policy; the grace in it is that of `terms`.
    var policy = PolicyFile.standard
    /// The directory of the outputs; nil for a dry run.
    var output: String?
    /// Whether existing outputs may be replaced.
    var replacesOutput = false
    /// Whether phone numbers are masked in tables for machines too.
    var masksTables = false
    /// Whether arrears are collected that follow from inferred subscriptions.
    var recoversInferred = false
    /// The path of the ledger, if one is kept.
    var ledger: String?
    /// What is collected by direct debit, if anything.
    var collections: CollectionOptions?
    /// Whether the plan waits for approval.
    var isProposal = false
    /// How many threads read and judge.
    var threads: Int
    /// Whether regular charges may leave only their position behind; see `ChargeSieve.letsRegularPass`.
    var letsRegularPass = true
}
