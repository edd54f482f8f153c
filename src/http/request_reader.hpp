/// Makes a request for handlers out of what Beast has parsed.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>

#include "base/expected.hpp"
#include "http/message.hpp"
#include "http/target.hpp"

namespace convene::http {

using RawRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// What must be right before anything else of a request is looked at.
struct RequestHead {
    Method method{};
    Target target;
    std::string host;
};

/// The error is the answer.
Expected<RequestHead, Response> read_head(const RawRequest& raw);
/// Takes the body out of `raw`. Peer and security are for the caller to fill in.
Request make_request(RequestHead head, RawRequest& raw);

}  // namespace convene::http
