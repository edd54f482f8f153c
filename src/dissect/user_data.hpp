/// What MCS carries: T.124 in connect PDUs; T.124, chat and whatever else in data PDUs.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>

#include "dissect/conversation.hpp"
#include "dissect/options.hpp"
#include "dissect/origin.hpp"
#include "dissect/record.hpp"

namespace convene::dissect {

/// User data of an MCS connect PDU.
void dissect_connect_data(ByteView octets, const Origin& origin, Conversation& conversation, const Options& options,
                          Records& out);

/// One data PDU, of either protocol version.
struct DataPdu {
    bool uniform = false;
    bool indication = false;
    std::uint16_t initiator = 0;
    std::uint16_t channel = 0;
    std::string priority;
    bool begin = true;
    bool end = true;
    ByteView user_data;
};

/// Puts segments together and reads what they carry. For one direction of one connection.
class UserDataDissector {
public:
    UserDataDissector(Conversation& conversation, const Options& options)
        : conversation_(conversation), options_(options) {}

    void on_data(const DataPdu& pdu, const Origin& origin, Records& out);
    /// Says what still waits for its end.
    void finish(std::uint64_t offset, Records& out);

private:
    using Key = std::tuple<std::uint16_t, std::uint16_t, std::string, bool, bool>;
    struct Waiting {
        Bytes octets;
        Origin origin;
        std::size_t segments = 0;
    };

    void on_whole(const DataPdu& pdu, ByteView octets, const Origin& origin, Records& out) const;
    void drop_all(std::uint64_t offset, std::string_view why, Records& out);

    Conversation& conversation_;
    Options options_;
    std::map<Key, Waiting> waiting_;
    std::size_t octets_waiting_ = 0;
};

}  // namespace convene::dissect
