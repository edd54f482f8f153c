/// One TSDU of T.120: which protocol and version it is, and what it says.
#pragma once

#include "base/bytes.hpp"
#include "dissect/conversation.hpp"
#include "dissect/options.hpp"
#include "dissect/origin.hpp"
#include "dissect/record.hpp"
#include "dissect/user_data.hpp"

namespace convene::dissect {

/// For one direction of one connection. The octet 7F begins both a connect PDU (BER) and a legal domain PDU (PER), so
/// the state decides what is tried first; what then does not fit exactly is tried as everything else.
class TsduDissector {
public:
    TsduDissector(Conversation& conversation, const Options& options)
        : conversation_(conversation), options_(options), user_data_(conversation, options) {}

    /// A CR or CC was seen: a connect PDU is next.
    void on_transport_connected() { connecting_ = true; }
    /// `offset` and `octets` are those of the frame or frames around it, for the record.
    void on_tsdu(ByteView tsdu, const Origin& origin, std::uint64_t offset, std::size_t octets, Records& out);
    void finish(std::uint64_t offset, Records& out) { user_data_.finish(offset, out); }

private:
    struct Attempt;
    Attempt attempt(int kind, ByteView tsdu, const Origin& origin) const;
    Attempt best_attempt(ByteView tsdu, const Origin& origin) const;
    void on_connect(Attempt& attempt, ByteView tsdu, const Origin& origin, Records& out);
    void on_domain(Attempt& attempt, ByteView tsdu, const Origin& origin, Records& out);

    Conversation& conversation_;
    Options options_;
    UserDataDissector user_data_;
    bool connecting_ = true;
};

}  // namespace convene::dissect
