// `convene dissect`: prints the bytes of T.120, from a stream, a capture or single values.
#include <CLI/App.hpp>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <istream>
#include <ostream>

#include "base/hex.hpp"
#include "catalogue/catalogue.hpp"
#include "cli/command.hpp"
#include "dissect/capture_reader.hpp"
#include "dissect/flows.hpp"
#include "dissect/hex_text.hpp"
#include "dissect/print.hpp"
#include "dissect/stream.hpp"
#include "dissect/value.hpp"

namespace convene::cli {
namespace {

constexpr std::size_t kReadOctets = 64 * 1024;
constexpr std::size_t kMaxValueLine = 16 * 1024 * 1024;  // characters of one value in hexadecimal

constexpr Example kDissectExamples[] = {
    {"dissect session.pcap", "every T.120 connection in a capture"},
    {"dissect --hex dump.txt", "one direction of a connection, written as hexadecimal"},
    {"dissect - < stream.bin", "the same as octets, from standard input"},
    {"dissect --json session.pcap", "one JSON object for every PDU"},
    {"dissect --type GCC-PROTOCOL.ConnectGCCPDU values.txt", "values of one ASN.1 type, one a line"},
    {"dissect --roundtrip session.pcap", "where encoding it again gives other octets"},
};
constexpr CommandText kDissectText{
    "dissect", "print T.120 bytes as readable text or JSON",
    "Reads TPKT, X.224, MCS (version 1, 2 and 3), GCC, T.134 and NetMeeting chat, T.126, T.127, and MAP. A file may "
    "be a capture (pcap or pcapng), one direction of a connection as octets, or the same in hexadecimal (--hex). The "
    "exit code is 0 only if "
    "everything was understood; what was not is listed at the end, with its offset and the clause that was violated.",
    kDissectExamples};

class Dissect final : public Command {
public:
    const CommandText& text() const override { return kDissectText; }

    void declare(CLI::App& app) override {
        app.add_option("FILE", file_, "What to read; - is standard input")->type_name("FILE");
        app.add_option("--type", type_, "Read values of this ASN.1 type, hexadecimal, one a line")
            ->type_name("MODULE.TYPE");
        app.add_option("--rule", rule_, "Encoding rule of --type; what the standard uses when not given")
            ->type_name("RULE")
            ->check(CLI::IsMember({"aper", "ber"}));
        app.add_flag("--hex", hex_, "The input is hexadecimal; # begins a comment");
        app.add_flag("--roundtrip", options_.round_trip, "Encode everything again and report the first difference");
        app.add_flag("--types", list_types_, "List the types that --type knows");
    }

    ExitCode run(Context& context) override {
        if (list_types_) {
            for (const auto* entry : catalogue::all_types()) context.out << catalogue::full_name(*entry) << '\n';
            return ExitCode::fine;
        }
        std::ifstream file;
        std::istream* in = &context.streams.in;
        if (file_ != "-") {
            file.open(file_, std::ios::binary);
            if (!file) {
                complain(context, "cannot read " + file_ + ": " + std::strerror(errno));
                return errno == ENOENT ? ExitCode::not_found : ExitCode::failed;
            }
            in = &file;
        } else if (context.streams.in_is_terminal) {
            hint(context, "reading from the terminal; Ctrl-D ends it");
        }
        const ExitCode code = type_.empty() ? read_stream(context, *in) : read_values(context, *in);
        if (in->bad()) {
            complain(context, "cannot read " + file_ + " to its end");
            return ExitCode::failed;
        }
        return code;
    }

private:
    void print(Context& context, dissect::Records& records) {
        for (const dissect::Record& record : records) {
            context.out << (context.json ? dissect::to_json_line(record) : dissect::to_text(record));
            summary_.add(record);
        }
        records.clear();
    }

    ExitCode finish(Context& context) {
        context.out.flush();
        context.err << summary_.to_text();
        return summary_.all_understood() ? ExitCode::fine : ExitCode::protocol;
    }

    ExitCode read_stream(Context& context, std::istream& in) {
        std::vector<char> buffer(kReadOctets);
        auto read = [&]() -> ByteView {
            in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            return as_bytes({buffer.data(), static_cast<std::size_t>(in.gcount())});
        };
        ByteView octets = read();
        if (!hex_ && dissect::CaptureReader::is_capture(octets)) return read_capture(context, octets, read);

        dissect::Conversation conversation;
        dissect::StreamDissector stream(conversation, options_);
        dissect::HexText hex;
        dissect::Records records;
        const bool looks_like_hex = !hex_ && octets.size() >= 8 && from_hex(as_text(octets.first(8))).has_value();
        for (; !octets.empty(); octets = read()) {
            if (hex_) {
                Bytes plain = hex.push(as_text(octets));
                if (!hex.error().empty()) break;
                stream.push(plain, records);
            } else {
                stream.push(octets, records);
            }
            print(context, records);
        }
        if (hex_ && !hex.finish()) {
            complain(context, hex.error());
            return ExitCode::usage;
        }
        stream.finish(records);
        print(context, records);
        const ExitCode code = finish(context);
        if (code != ExitCode::fine && looks_like_hex) hint(context, "this looks like hexadecimal: try --hex");
        return code;
    }

    template <class Read>
    ExitCode read_capture(Context& context, ByteView octets, Read read) {
        dissect::CaptureReader reader;
        dissect::FlowDissector flows(options_);
        dissect::Records records;
        for (; !octets.empty() && reader.error().empty(); octets = read()) {
            reader.push(octets);
            while (auto packet = reader.next()) {
                flows.on_packet(*packet, records);
                if (!records.empty()) print(context, records);
            }
        }
        flows.finish(records);
        if (!reader.error().empty() || !reader.at_boundary()) {
            dissect::Record record;
            record.layer = dissect::Layer::capture;
            record.name = "broken file";
            record.problems.push_back(
                {reader.offset(), reader.error().empty() ? "the file ends within a packet" : reader.error(), ""});
            records.push_back(std::move(record));
        }
        print(context, records);
        const ExitCode code = finish(context);
        if (flows.streams_looked_at() == 0) {
            complain(context, "no T.120 connection among " + std::to_string(flows.packets()) + " packets");
            return code == ExitCode::fine ? ExitCode::not_found : code;
        }
        return code;
    }

    ExitCode read_values(Context& context, std::istream& in) {
        const catalogue::Found found = catalogue::find_type(type_);
        if (found.entry == nullptr) {
            complain(context, "there is no type \"" + printable(type_) + "\"");
            for (const std::string& name : found.near) hint(context, "did you mean " + name + "?");
            hint(context, "all of them: convene dissect --types");
            return ExitCode::not_found;
        }
        const catalogue::TypeEntry& entry = *found.entry;
        // T.125 §7: connect PDUs are BER in every version; everything else is PER today.
        const bool is_connect = entry.has_ber && entry.name.starts_with("Connect");
        dissect::ValueOptions options;
        options.round_trip = options_.round_trip;
        options.rule = rule_ == "ber" || (rule_.empty() && is_connect) ? catalogue::Rule::ber : catalogue::Rule::aper;
        if (options.rule == catalogue::Rule::ber && !entry.has_ber) {
            complain(context, std::string(entry.module) + " is not used with BER");
            return ExitCode::usage;
        }
        std::string line;
        for (std::uint64_t number = 1; std::getline(in, line); ++number) {
            line.resize(std::min(line.find('#'), line.size()));
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            auto octets = line.size() <= kMaxValueLine ? from_hex(line) : std::nullopt;
            if (!octets) {
                complain(context, "line " + std::to_string(number) + " is not hexadecimal");
                return ExitCode::usage;
            }
            dissect::DissectedValue value = dissect_value(entry, *octets, dissect::Origin(), options);
            value.record.layer = dissect::Layer::value;
            value.record.name = catalogue::full_name(entry);
            value.record.source = "line " + std::to_string(number);
            dissect::Records records;
            records.push_back(std::move(value.record));
            print(context, records);
        }
        return finish(context);
    }

    std::string file_ = "-";
    std::string type_;
    std::string rule_;
    bool hex_ = false;
    bool list_types_ = false;
    dissect::Options options_;
    dissect::Summary summary_;
};

}  // namespace

std::unique_ptr<Command> make_dissect() { return std::make_unique<Dissect>(); }

}  // namespace convene::cli
