// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "upload/rest.h"

namespace upload {

Rest restOf(const Error &error)
{
    using enum Rest::State;
    switch (error.fault) {
    case Fault::Unauthorized:
    case Fault::Untrusted:
    case Fault::Redirected:
    case Fault::Wrong:
    case Fault::NotFound: // of the service, not of an enrollment
        return {NeedsPerson, error.detail};
    case Fault::Unreachable:
    case Fault::Down:
    case Fault::Timeout:
        return {error.httpStatus == 0 ? Offline : Waiting, error.detail};
    case Fault::Malformed: // a gateway's own page: it mostly goes as it came
    case Fault::TooLarge:
    case Fault::Refused:
    case Fault::Conflict:
    case Fault::Throttled:
        break;
    }
    return {Waiting, error.detail};
}

} // namespace upload
