// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TTRPC

/// Reads noise as envelopes; what can be read is written again, and reads the same.
enum EnvelopeFuzz {
    private static let limits: Limits = {
        var limits = Limits()
        limits.nameBytesMax = 64
        limits.metadataPairsMax = 8
        limits.metadataBytesMax = 128
        return limits
    }()

    static func run(_ input: [UInt8]) -> Int32 {
        request(input)
        response(input)
        return 0
    }

    private static func request(_ input: [UInt8]) {
        guard let envelope = try? RequestEnvelope(input.span, limits: limits) else { return }
        for range in [envelope.service, envelope.method, envelope.payload] {
            hold(range.lowerBound >= 0 && range.upperBound <= input.count, "parts lie in the whole")
        }
        let metadata = envelope.metadata.entries
        hold(
            envelope.service.count + envelope.method.count <= limits.nameBytesMax,
            "names are bounded")
        hold(metadata.count <= limits.metadataPairsMax, "pairs are bounded")
        for entry in metadata { hold(entry.key == entry.key.lowercased(), "keys are lower case") }

        let service = String(decoding: input[envelope.service], as: UTF8.self)
        let method = String(decoding: input[envelope.method], as: UTF8.self)
        guard Array(service.utf8) == Array(input[envelope.service]),
            Array(method.utf8) == Array(input[envelope.method]),
            // Lower case may be longer than what came.
            metadata.reduce(0, { $0 + $1.key.utf8.count + $1.value.utf8.count })
                <= limits.metadataBytesMax
        else { return }
        var buffer = ByteBuffer()
        buffer.writeRequestFrame(
            streamID: 1, method: MethodDescriptor(service: service, name: method, kind: .unary),
            payload: Array(input[envelope.payload]),
            timeoutNanoseconds: envelope.timeoutNanoseconds, metadata: envelope.metadata)
        let written = Array(buffer.readableBytesView)
        hold(written.count - 10 == Int(written[0..<4].reduce(0) { $0 << 8 | UInt32($1) }), "length")
        let content = Array(written.dropFirst(10))
        guard let again = try? RequestEnvelope(content.span, limits: limits) else {
            return hold(false, "what was written can be read")
        }
        hold(content[again.service].elementsEqual(input[envelope.service]), "service")
        hold(content[again.method].elementsEqual(input[envelope.method]), "method")
        hold(content[again.payload].elementsEqual(input[envelope.payload]), "payload")
        hold(again.timeoutNanoseconds == envelope.timeoutNanoseconds, "timeout")
        hold(again.metadata == envelope.metadata, "metadata")
    }

    private static func response(_ input: [UInt8]) {
        guard let contents = ResponseEnvelope.read(input.span) else { return }
        if case .failure(let error) = contents.outcome {
            hold(error.code != .ok, "a failure is an error")
        }
        var buffer = ByteBuffer()
        buffer.writeResponseFrame(
            streamID: 1, contents.outcome, metadata: contents.metadata, payloadBytesMax: 4 << 20)
        let content = Array(Array(buffer.readableBytesView).dropFirst(10))
        hold(ResponseEnvelope.read(content.span) == contents, "a response reads as it was written")
    }
}
