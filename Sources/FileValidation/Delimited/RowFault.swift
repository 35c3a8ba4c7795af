import BillingFiles
import DelimitedText

/// Something wrong with a row, with its place in the block; small, because there may be one for every value.
///
/// Its texts are made when it is told, from the bytes of the row.
struct RowFault: Sendable {
    /// What is wrong.
    enum Kind: Sendable {
        /// The structure of the record.
        case structure(StructureFaultKind)
        /// A quoted field in which whole rows stand.
        case swallowedRows
        /// The value of a field.
        case value(ValueFaults)
        /// The values of the record, by the rule of the plan with this number.
        case record(Int)
        /// A key that stood before, by the key of the plan with this number; first in a record with this number.
        case repeated(key: Int, firstRecord: Int)
        /// A line end of another kind than the others.
        case lineEnd(isCRLF: Bool)
    }

    /// The rule that is broken.
    var rule: InputRule
    var kind: Kind
    /// The record among all records of the block.
    var record: Int
    /// Where the record begins in the block.
    var recordStart: Int
    /// Where what is wrong begins in the block.
    var offset: Int
    /// How many bytes it has.
    var extent: Int
    /// The physical line in the block, from 0.
    var line: Int
    /// The byte column on its line, from 1.
    var column: Int
    /// The field, -1 for none.
    var field: Int
}
