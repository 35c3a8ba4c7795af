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

    private struct Entry {
        let key: Key
        let writtenLength: Int
        /// The name that followed this one the last time: records repeat their names in the same order.
        var next: Int
    }

    private var entries: [Entry] = []
    private var names: [XMLName] = []
    private var numbers: [Key: UInt32] = [:]
    private var last = 0

    /// How many names there are.
    var count: Int { names.count }

    /// The name with a number.
    subscript(number: UInt32) -> XMLName {
        names.indices.contains(Int(number)) ? names[Int(number)] : XMLName(local: "")
    }

    /// How many bytes a name has as it is written, with its prefix.
    func writtenLength(_ number: UInt32) -> Int { entries[Int(number)].writtenLength }

    /// The number of a name.
    mutating func number(
        _ local: UnsafePointer<xmlChar>, _ prefix: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?
    ) -> UInt32 {
        let key = unsafe Key(local: local, prefix: prefix, namespace: namespace)
        let guess = last < entries.count ? entries[last].next : 0
        if guess < entries.count, entries[guess].key == key {
            last = guess
            return UInt32(truncatingIfNeeded: guess)
        }
        let number = numbers[key] ?? add(key)
        if last < entries.count { entries[last].next = Int(number) }
        last = Int(number)
        return number
    }

    private mutating func add(_ key: Key) -> UInt32 {
        let local = unsafe String(cString: key.local)
        var written = local
        if let prefix = unsafe key.prefix { written = unsafe String(cString: prefix) + ":" + local }
        let number = UInt32(truncatingIfNeeded: names.count)
        entries.append(Entry(key: key, writtenLength: written.utf8.count, next: 0))
        let namespace = unsafe key.namespace.map { unsafe String(cString: $0) }
        names.append(XMLName(local: local, namespace: namespace, written: written))
        numbers[key] = number
        return number
    }
}
