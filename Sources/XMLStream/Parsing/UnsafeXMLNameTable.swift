// Unsafe code: libxml2 keeps each name once a parser, so that names can be told apart by their addresses.

import CLibXML2

/// The names that a document uses, each with a number.
@safe struct XMLNameTable {
    @safe private struct Key: Hashable {
        let local: UnsafePointer<xmlChar>
        let prefix: UnsafePointer<xmlChar>?
        let namespace: UnsafePointer<xmlChar>?

        static func == (left: Self, right: Self) -> Bool {
            unsafe left.local == right.local && left.prefix == right.prefix && left.namespace == right.namespace
        }

        func hash(into hasher: inout Hasher) {
            unsafe hasher.combine(local)
            unsafe hasher.combine(prefix)
            unsafe hasher.combine(namespace)
        }
    }

    private var keys: [Key] = []
    private var names: [XMLName] = []
    private var lengths: [Int] = []
    private var numbers: [Key: UInt32] = [:]
    private var expected = 0

    /// How many names there are.
    var count: Int { names.count }

    /// The name with a number.
    subscript(number: UInt32) -> XMLName {
        names.indices.contains(Int(number)) ? names[Int(number)] : XMLName(local: "")
    }

    /// How many bytes a name has as it is written, with its prefix.
    func writtenLength(_ number: UInt32) -> Int { lengths[Int(number)] }

    /// The number of a name.
    mutating func number(
        _ local: UnsafePointer<xmlChar>, _ prefix: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?
    ) -> UInt32 {
        let key = unsafe Key(local: local, prefix: prefix, namespace: namespace)
        // Records repeat their names in the same order.
        if expected < keys.count, keys[expected] == key {
            defer { expected += 1 }
            return UInt32(truncatingIfNeeded: expected)
        }
        if let known = numbers[key] {
            expected = Int(known) + 1
            return known
        }
        let text = unsafe String(cString: local)
        var written = text
        if let prefix = unsafe prefix { written = unsafe String(cString: prefix) + ":" + text }
        let number = UInt32(truncatingIfNeeded: names.count)
        keys.append(key)
        names.append(
            XMLName(local: text, namespace: unsafe namespace.map { unsafe String(cString: $0) }, written: written))
        lengths.append(written.utf8.count)
        numbers[key] = number
        expected = names.count
        return number
    }
}
