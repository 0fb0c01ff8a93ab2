// SPDX-License-Identifier: Apache-2.0

public import ProtobufC

/// Compiled proto files, found by their names and by what they declare.
public struct DescriptorCatalog: Sendable {
    /// One file.
    public struct File: Sendable, Hashable {
        /// The name under which others import it, such as `aftersales/v1/order.proto`.
        public let name: String

        /// The names of the files that it imports.
        public let imports: [String]

        /// The file as a serialized `google.protobuf.FileDescriptorProto`.
        public let bytes: [UInt8]
    }

    /// The files, in the order in which they were given.
    public private(set) var files: [File] = []

    private var byName: [String: Int] = [:]
    private var bySymbol: [String: Int] = [:]
    private var byExtension: [ExtensionName: Int] = [:]
    private var extensionNumbers: [String: [Int32]] = [:]

    /// Makes a catalog.
    ///
    /// - Parameter files: serialized `google.protobuf.FileDescriptorProto`s in any order. Of
    ///   several with one name the first counts, so the files of several contracts may be put
    ///   together even if they import the same.
    /// - Throws: ``ProtobufC/DecodeError`` for bytes that are no such message.
    public init(files: [[UInt8]]) throws(DecodeError) {
        for bytes in files { try add(bytes) }
    }

    private mutating func add(_ bytes: [UInt8]) throws(DecodeError) {
        let scan = try DeclarationScan(bytes)
        guard byName[scan.name] == nil else { return }
        let index = files.count
        files.append(File(name: scan.name, imports: scan.imports, bytes: bytes))
        byName[scan.name] = index
        for symbol in scan.symbols where bySymbol[symbol] == nil { bySymbol[symbol] = index }
        for name in scan.extensions where byExtension[name] == nil {
            byExtension[name] = index
            extensionNumbers[name.extendee, default: []].append(name.number)
        }
    }

    /// The file with this name.
    public func file(named name: String) -> File? {
        byName[name].map { files[$0] }
    }

    /// The file that declares this full name: a service, method, message, field, oneof, enum, enum
    /// value or extension.
    public func file(declaring symbol: String) -> File? {
        bySymbol[symbol].map { files[$0] }
    }

    /// The file that extends a message by this field number.
    public func file(extending message: String, number: Int32) -> File? {
        byExtension[ExtensionName(extendee: message, number: number)].map { files[$0] }
    }

    /// The numbers of the extensions of a message, sorted; nil if no file declares or extends it.
    public func extensionNumbers(of message: String) -> [Int32]? {
        let numbers = extensionNumbers[message]
        return numbers?.sorted() ?? (bySymbol[message] == nil ? nil : [])
    }

    /// These files and all that they import, each once, imports before their importers.
    ///
    /// Imports that the catalog has not are left out.
    public func withImports(_ roots: [File]) -> [File] {
        var result: [File] = []
        var seen: Set<String> = []
        func visit(_ file: File) {
            guard seen.insert(file.name).inserted else { return }
            for name in file.imports {
                if let file = self.file(named: name) { visit(file) }
            }
            result.append(file)
        }
        for root in roots { visit(root) }
        return result
    }
}
