import BillingValues
import GRDB

extension Row {
    /// The text at a place; nil for anything else, since a file that somebody altered must not end the program.
    func text(_ index: Int) -> String? {
        guard case .string(let text) = (self[index] as DatabaseValue).storage else { return nil }
        return text
    }

    /// The number at a place; nil for anything else.
    func number(_ index: Int) -> Int64? {
        guard case .int64(let number) = (self[index] as DatabaseValue).storage else { return nil }
        return number
    }

    /// The day at a place; nil for anything else.
    func day(_ index: Int) -> CivilDate? { text(index).flatMap { CivilDate($0) } }
}
