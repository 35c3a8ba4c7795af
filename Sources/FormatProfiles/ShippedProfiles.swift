public import BillingFiles
public import SettingsText

/// The profiles that the program carries.
public enum ShippedProfiles {
    /// Their names, in order.
    public static var names: [String] { texts.map(\.name) }

    /// The profile of a name; nil where there is none.
    ///
    /// - Throws: A `SettingsRefusal` never, unless the program was built wrongly.
    public static func profile(named name: String) throws(SettingsRefusal) -> FormatProfile? {
        guard let shipped = texts.first(where: { $0.name == name }) else { return nil }
        return try ProfileFile.read(Array(shipped.text.utf8), file: name + ".yaml")
    }

    /// The text of the profile of a name, as a file has it; nil where there is none.
    public static func text(named name: String) -> String? { texts.first { $0.name == name }?.text }

    /// All profiles, in the order of their names.
    public static func all() throws(SettingsRefusal) -> [FormatProfile] {
        var all: [FormatProfile] = []
        for shipped in texts {
            all.append(try ProfileFile.read(Array(shipped.text.utf8), file: shipped.name + ".yaml"))
        }
        return all
    }
}
