/// How two providers agree on the parameters of a domain. T.125 §5.6, §11.1, §13.4.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "mcs/connect_pdu.hpp"

namespace convene::mcs {

/// What this provider can live with, from `minimum` to `maximum` inclusive in every parameter.
struct ParameterRange {
    DomainParameters minimum;
    DomainParameters maximum;

    friend bool operator==(const ParameterRange&, const ParameterRange&) = default;
};

/// What a ConnectInitial offers. Real peers send targets outside their own interval.
struct ParameterOffer {
    DomainParameters target;
    DomainParameters minimum;
    DomainParameters maximum;

    friend bool operator==(const ParameterOffer&, const ParameterOffer&) = default;
};

inline constexpr std::uint64_t kMinProtocolVersion = 2;  ///< version 1 is obsolete (T.120) and not spoken here
inline constexpr std::uint64_t kMaxProtocolVersion = 3;
inline constexpr std::uint64_t kMaxPriorities = 4;       ///< transport connections in an MCS connection, T.125 §9
inline constexpr std::uint64_t kMinMcspduSize = 124;     ///< the smallest that is seen in the field
inline constexpr std::uint64_t kMaxMcspduSize = 65'528;  ///< TPKT's 65535 less its header and that of an X.224 DT
inline constexpr std::uint64_t kMaxHeight = 255;         ///< levels of providers; deeper trees only add delay
inline constexpr std::uint64_t kMaxUserIds = 64'535;     ///< 1001..65535, T.125 §7 part 1
inline constexpr std::uint64_t kMaxChannelIds = 65'535;
inline constexpr std::uint64_t kMaxTokenIds = 65'535;

/// A parameter by its standard name, for tables, messages and settings.
struct NamedParameter {
    std::string_view name;
    std::uint64_t DomainParameters::*member;
};
inline constexpr std::array<NamedParameter, 8> kDomainParameters{{
    {"maxChannelIds", &DomainParameters::max_channel_ids},
    {"maxUserIds", &DomainParameters::max_user_ids},
    {"maxTokenIds", &DomainParameters::max_token_ids},
    {"numPriorities", &DomainParameters::num_priorities},
    {"minThroughput", &DomainParameters::min_throughput},
    {"maxHeight", &DomainParameters::max_height},
    {"maxMCSPDUsize", &DomainParameters::max_mcspdu_size},
    {"protocolVersion", &DomainParameters::protocol_version},
}};

/// All that this implementation can do, enforcement of throughput aside: a minimum above 0 lets slow receivers be
/// thrown out, so a provider takes that only where it was told to.
ParameterRange default_parameter_range();

/// What a caller offers when it has no domain yet: the whole of `range`, aiming at one transport connection, no
/// enforcement and otherwise the maximum.
ParameterOffer default_offer(const ParameterRange& range = default_parameter_range());

/// The range of a domain that has an attachment or a connection: its parameters can no longer change. Only the
/// protocol version, which belongs to one connection, keeps the freedom that `local` gives it.
ParameterRange frozen(const DomainParameters& in_force, const ParameterRange& local);

/// The same range without version 3, for a provider whose upward connection is of version 2 (T.125 §13.10).
ParameterRange without_version_3(ParameterRange range);

/// The first parameter on which two providers cannot agree.
struct ParameterConflict {
    std::string_view parameter;  ///< its standard name
    std::uint64_t minimum = 0;   ///< the larger of both minima, above
    std::uint64_t maximum = 0;   ///< the smaller of both maxima

    std::string message() const;
    friend bool operator==(const ParameterConflict&, const ParameterConflict&) = default;
};

/// The called provider's choice: each target, moved only as far as both intervals require. A target outside the peer's
/// own interval is no reason to refuse; a conflict is answered with rt-parameters-unacceptable.
Expected<DomainParameters, ParameterConflict> negotiate(const ParameterOffer& offered, const ParameterRange& local);

/// The calling provider's check: nothing when every parameter of `answer` lies inside what was offered.
Expected<void, ParameterConflict> check_answer(const DomainParameters& answer, const ParameterOffer& offered);

/// What a PDU offers.
inline ParameterOffer offer_of(const ConnectInitial& pdu) {
    return {pdu.target_parameters, pdu.minimum_parameters, pdu.maximum_parameters};
}

}  // namespace convene::mcs
