// This file holds unsafe code: libxml2 tells its version in a C string.

import CLibXML2

/// The version of libxml2 that the process runs with.
public enum LibXML2Version {
    /// The version as libxml2 writes it, for instance `2.9.14`, with what it was built against if that differs.
    public static var text: String {
        let compiled = LIBXML_DOTTED_VERSION
        guard let running = running, running != compiled else { return compiled }
        return "\(running) (built against \(compiled))"
    }

    /// The running library's version, from its number like `20914`.
    private static var running: String? {
        guard let address = unsafe __xmlParserVersion(), let text = unsafe address.pointee else { return nil }
        let digits = unsafe String(cString: text).prefix { $0.isNumber }
        guard let number = Int(digits), number > 0 else { return nil }
        return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}
