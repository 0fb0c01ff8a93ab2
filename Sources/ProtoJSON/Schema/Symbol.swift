// SPDX-License-Identifier: Apache-2.0

/// A declaration that a person may ask for by its name.
public enum Symbol: Sendable, Hashable {
    /// A service.
    case service(Service)
    /// A method of a service.
    case method(Method)
    /// A message type.
    case message(MessageType)
    /// An enum.
    case enumeration(EnumType)

    /// The full name; a method's has a dot before the method, as in descriptors.
    public var name: String {
        switch self {
        case .service(let service): service.name
        case .method(let method): method.service + "." + method.name
        case .message(let message): message.name
        case .enumeration(let enumeration): enumeration.name
        }
    }
}

extension Schema {
    /// Everything that has a name of its own, services first, in the order of their names.
    public var symbols: [Symbol] {
        services.flatMap { [.service($0)] + $0.methods.map(Symbol.method) }
            + messageTypes.map(Symbol.message) + enumTypes.map(Symbol.enumeration)
    }

    /// What a name may mean: the declaration with this full name, or else all whose names end
    /// with it, such as `OrderService/GetOrder`, `GetOrder` and `Money`.
    ///
    /// - Parameter name: with a dot or a slash before a method; a leading dot is passed over.
    /// - Returns: one symbol if the name is clear, none if nothing is called so.
    public func symbols(named name: String) -> [Symbol] {
        let dotted = String(name.map { $0 == "/" ? "." : $0 }.drop { $0 == "." })
        guard !dotted.isEmpty else { return [] }
        let all = symbols
        if let exact = all.first(where: { $0.name == dotted }) { return [exact] }
        return all.filter { $0.name.hasSuffix("." + dotted) }
    }
}
