// SPDX-License-Identifier: Apache-2.0

package import Aftersales

/// The policy page that version 1 is: `policy.txt` beside this file, byte for byte.
package enum PublishedPolicy {
    /// Version 1: the page, the published defaults, the default message templates.
    package static var initial: Aftersales.Policy {
        .initial(text: String(decoding: PackageResources.policy_txt, as: UTF8.self))
    }
}
