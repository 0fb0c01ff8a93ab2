// SPDX-License-Identifier: Apache-2.0

/// What a client knows of one stream in flight: who has closed it and how much credit is left.
///
/// The credit that a stream begins with is part of the extension, the same for all peers, and so
/// does not follow a program's own limits.
struct ClientStreamState<Call> {
    let call: Call
    let kind: CallKind

    /// Whether this side sends nothing more.
    var isFinished: Bool

    /// What may wait to be taken.
    private let unreadItemsMax: Int
    private let unreadBytesMax: Int
    /// What may still be sent.
    private var creditItems: Int
    private var creditBytes: Int
    /// What has come and was not taken.
    private var unreadItems = 0
    private var unreadBytes = 0
    /// What was taken and not yet given back.
    private var takenItems = 0
    private var takenBytes = 0

    init(call: Call, kind: CallKind, limits: Limits) {
        self.call = call
        self.kind = kind
        isFinished = kind == .serverStreaming
        creditItems = Int(WindowUpdate.initial.items)
        creditBytes = Int(WindowUpdate.initial.bytes)
        unreadItemsMax = max(limits.streamItemsMax, creditItems)
        // One message may exceed the window.
        unreadBytesMax = max(limits.streamWindowBytes, creditBytes) + limits.framePayloadBytesMax
    }

    // MARK: Sending

    var hasCredit: Bool {
        creditItems >= 1 && creditBytes > 0
    }

    mutating func charge(byteCount: Int) {
        creditItems -= 1
        creditBytes -= byteCount
    }

    /// Adds to the credit; no number of updates makes it overflow.
    mutating func grant(_ update: WindowUpdate) {
        creditItems = min(creditItems + Int(update.items), Int(UInt32.max))
        creditBytes = min(creditBytes + Int(update.bytes), Int(UInt32.max))
    }

    // MARK: Receiving

    /// Counts a message that has come; false if there is no room for it.
    mutating func receive(byteCount: Int) -> Bool {
        unreadItems += 1
        unreadBytes += byteCount
        return unreadItems <= unreadItemsMax && unreadBytes <= unreadBytesMax
    }

    /// Counts a message that was taken; gives back what was, when it is half of the room or more.
    mutating func take(byteCount: Int) -> WindowUpdate? {
        unreadItems -= 1
        unreadBytes -= byteCount
        takenItems += 1
        takenBytes += byteCount
        let initial = WindowUpdate.initial
        guard takenItems * 2 >= Int(initial.items) || takenBytes * 2 >= Int(initial.bytes) else {
            return nil
        }
        defer { (takenItems, takenBytes) = (0, 0) }
        return WindowUpdate(items: UInt32(takenItems), bytes: UInt32(takenBytes))
    }

    // MARK: End

    /// What a Response makes of the stream.
    ///
    /// Servers of this protocol end a stream of theirs with Data; from one that answers with
    /// success instead, a payload is taken for one more message.
    func action(
        atEnd outcome: UnaryOutcome, _ metadata: Metadata
    ) -> ClientConnection<Call>.FrameAction {
        switch outcome {
        case .failure(let error): .end(call, error, metadata)
        case .success(let payload) where payload.isEmpty && kind != .clientStreaming:
            .end(call, nil, metadata)
        case .success(let payload): .lastItem(call, payload, metadata)
        }
    }
}

extension WindowUpdate {
    /// The credit that both sides of a stream begin with.
    static let initial = WindowUpdate(items: 64, bytes: 4 << 20)
}
