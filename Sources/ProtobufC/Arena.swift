// SPDX-License-Identifier: Apache-2.0

import CProtobufC

/// One block of memory of a size known beforehand, handed out from front to back and given back
/// whole.
///
/// The scan computes the exact size; should libprotobuf-c ask for more all the same, it gets NULL
/// and gives up, so the size is a second fence around the budget.
struct Arena: ~Copyable {
    /// The block begins with how much is handed out and how much there is.
    private struct Header {
        var used: Int
        let capacity: Int
    }

    private static let alignment = 16
    private let block: UnsafeMutableRawPointer

    /// What an allocation of `size` bytes takes.
    @inline(__always)
    static func rounded(_ size: Int) -> Int {
        (size + alignment - 1) & ~(alignment - 1)
    }

    /// - Parameter capacity: the sum of ``rounded(_:)`` of all allocations to come.
    init(capacity: Int) {
        let header = Arena.rounded(MemoryLayout<Header>.size)
        block = .allocate(byteCount: header + capacity, alignment: Arena.alignment)
        block.initializeMemory(
            as: Header.self, to: Header(used: header, capacity: header + capacity))
    }

    deinit {
        block.deallocate()
    }

    /// Calls `body` with an allocator on this arena; its pointers live as long as the arena.
    borrowing func withAllocator<Result>(
        _ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> Result
    ) -> Result {
        var allocator = ProtobufCAllocator(
            alloc: { data, size in
                guard let data else { return nil }
                let header = data.assumingMemoryBound(to: Header.self)
                let start = header.pointee.used
                guard size <= header.pointee.capacity - start else { return nil }
                header.pointee.used = start + Arena.rounded(size)
                return data + start
            },
            free: { _, _ in },
            allocator_data: block)
        return withUnsafeMutablePointer(to: &allocator, body)
    }
}
