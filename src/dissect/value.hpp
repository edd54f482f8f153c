/// Octets as a value of a named ASN.1 type.
#pragma once

#include "catalogue/type_entry.hpp"
#include "dissect/origin.hpp"
#include "dissect/record.hpp"

namespace convene::dissect {

struct ValueOptions {
    catalogue::Rule rule = catalogue::Rule::aper;
    bool round_trip = false;  ///< encode it again, and say where that differs
};

struct DissectedValue {
    bool decoded = false;           ///< false: `record` holds the reason and the octets
    bool exact = false;             ///< it decoded, and nothing was left over
    std::size_t octets_used = 0;    ///< when decoded
    bool encodes_the_same = false;  ///< encoding it again gives the same octets
    Record record;                  ///< without source, offset, layer and name
};

/// Decodes one value. What was not understood is in the problems of the record: a failure, octets left over, extension
/// additions and alternatives that the schema does not know.
DissectedValue dissect_value(const catalogue::TypeEntry& type, ByteView octets, const Origin& origin,
                             const ValueOptions& options);

/// Where `again` first differs from `original`, with the member it is in where that can be found; empty when it does
/// not.
std::string first_difference(const catalogue::TypeEntry& type, catalogue::Rule rule, ByteView original, ByteView again,
                             const Origin& origin);
/// The same for octets that are no ASN.1.
std::string first_difference(ByteView original, ByteView again, const Origin& origin);

/// "truncated in nodeInformation.nodeRecordList[3]", with the offset in the stream.
Problem problem_of(const asn1::DecodeError& error, const Origin& origin);

/// Of a CHOICE: the name of the alternative; `value` becomes what it holds. Empty when `value` is no such object.
std::string take_alternative(asn1::Json& value);

}  // namespace convene::dissect
