// SPDX-License-Identifier: Apache-2.0

/// The text before the colon of `--swift-ttrpc_out`: `key=value` pairs, separated by commas.
struct PluginOptions {
    /// `c_module`: the module of protoc-c's structs.
    private(set) var cModule = ""

    /// `descriptors`: the enum that holds the embedded descriptors.
    private(set) var descriptorsName = "ProtoDescriptors"

    init(_ parameter: String) throws(PluginError) {
        for pair in parameter.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            switch (parts.first, parts.count) {
            case ("c_module", 2): cModule = parts[1]
            case ("descriptors", 2): descriptorsName = parts[1]
            default: throw PluginError("unknown option '\(pair)'")
            }
        }
        guard !cModule.isEmpty else { throw PluginError("the option c_module=… is missing") }
    }
}
