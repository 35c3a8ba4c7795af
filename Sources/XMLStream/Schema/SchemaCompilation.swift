// This file holds unsafe code: the compiler of libxml2 and the callback for its messages.

import CLibXML2
import Synchronization

/// Compiles the documents of a schema.
///
/// There are schemas of a few lines that libxml2 does not compile in an hour, and no way to make it stop. So it works
/// on a thread of its own, which is left behind when its time is over: it goes on, when no other thread has work, until the
/// process ends.
final class SchemaCompilation: Sendable {
    @safe private struct Outcome: @unchecked Sendable {
        var schema: xmlSchemaPtr?
        var faults: [SchemaFault] = []
    }

    private static let mostFaults = 100

    private let documents: SchemaDocuments
    private let outcome = Mutex(Outcome())

    private init(_ documents: SchemaDocuments) {
        self.documents = documents
    }

    /// The compiled schema, if the limits allow it.
    ///
    /// - Throws: `SchemaRefusal`.
    static func schema(
        of documents: SchemaDocuments, limits: SchemaLimits
    ) throws(SchemaRefusal) -> XMLSchema {
        let file = documents.outlines.first?.file ?? ""
        let compilation = SchemaCompilation(documents)
        let time = Duration.milliseconds(limits.compileMilliseconds)
        switch TimedThread.run(time: time, bytes: limits.compileBytes, { compilation.compile() }) {
        case .done: break
        case .late:
            throw SchemaRefusal(
                .late, file: file, "is not compiled after \(limits.compileMilliseconds) milliseconds")
        case .large:
            throw SchemaRefusal(.limit, file: file, "needs more than \(limits.compileBytes) bytes to compile")
        case .unstarted:
            throw SchemaRefusal(.limit, file: file, "the system has no thread to compile it")
        }
        let outcome = compilation.takeOutcome()
        guard outcome.faults.isEmpty, let schema = unsafe outcome.schema else {
            if let schema = unsafe outcome.schema { unsafe xmlSchemaFree(schema) }
            throw SchemaRefusal(
                faults: outcome.faults.isEmpty
                    ? [SchemaFault(.invalid, file: file, "libxml2 does not compile it and does not say why")]
                    : outcome.faults)
        }
        return unsafe XMLSchema(adopting: schema, documents: documents)
    }

    private func takeOutcome() -> Outcome {
        outcome.withLock { $0 }
    }

    private func compile() {
        for address in SchemaEntities.with(documents.entities, parse) {
            add(SchemaFault(.invalid, file: address, "was asked for and is no part of the schema"))
        }
    }

    private func parse() {
        guard let context = unsafe xmlSchemaNewParserCtxt(documents.main) else {
            return add(SchemaFault(.limit, file: documents.main, "no memory for a compiler"))
        }
        let receiver = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe xmlSchemaSetParserStructuredErrors(
            context,
            { context, error in
                guard let context = unsafe context, let error = unsafe error else { return }
                unsafe Unmanaged<SchemaCompilation>.fromOpaque(context).takeUnretainedValue().take(error.pointee)
            }, receiver)
        let schema = unsafe xmlSchemaParse(context)
        unsafe xmlSchemaFreeParserCtxt(context)
        outcome.withLock { unsafe $0.schema = unsafe schema }
    }

    private func take(_ error: xmlError) {
        guard unsafe error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        let address = unsafe text(error.file)
        unsafe add(
            SchemaFault(
                .invalid, file: documents.files[address] ?? documents.outlines.first?.file ?? address,
                line: error.line > 0 ? Int(error.line) : nil, column: error.int2 > 0 ? Int(error.int2) : nil,
                documents.message(text(error.message))))
    }

    private func add(_ fault: SchemaFault) {
        outcome.withLock { outcome in
            if outcome.faults.count < SchemaCompilation.mostFaults { outcome.faults.append(fault) }
        }
    }
}
