// SPDX-License-Identifier: Apache-2.0

extension Metadata {
    /// The same without the pairs of a key, which is in lower case.
    func removing(_ key: String) -> Metadata {
        var rest = Metadata()
        for entry in entries where entry.key != key {
            rest.append(key: entry.key, value: entry.value)
        }
        return rest
    }
}
