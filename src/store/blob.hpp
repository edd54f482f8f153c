/// The contents of files: written in pieces, named by their SHA-256, read in pieces.
#pragma once

#include <memory>
#include <span>

#include "store/pending.hpp"
#include "store/records.hpp"

namespace convene::store {

struct BlobPin;
class BlobLedger;
class BlobFolder;

/// A content that is durable, kept at least as long as this object or a copy of it. May outlive the store.
class Blob {
public:
    explicit Blob(std::shared_ptr<const BlobPin> pin) : pin_(std::move(pin)) {}
    const Sha256Digest& digest() const;
    std::uint64_t octets() const;
    const BlobPin& pin() const { return *pin_; }

private:
    std::shared_ptr<const BlobPin> pin_;  // shared: whoever adds a file with it may still want it
};

/// Writes one content. Made by Store, which must outlive it. What is not finished is removed, at the latest when the
/// store is opened again. One thread at a time.
class BlobWriter {
public:
    struct Parts;
    explicit BlobWriter(std::unique_ptr<Parts> parts);
    BlobWriter(BlobWriter&&) noexcept;
    BlobWriter& operator=(BlobWriter&&) noexcept;
    ~BlobWriter();

    /// Hashes and writes the next octets; does not wait for the disk, though for the system's memory for writing.
    /// Errors: quota, too_large, disk_full, io. After one, what was written is gone, and every call answers the same.
    Result<void> write(ByteView octets);
    std::uint64_t octets() const;
    /// Answers when the content is durable. The writer is of no use afterwards.
    Pending<Blob> finish();

private:
    std::unique_ptr<Parts> parts_;
};

/// Reads one content. Goes on reading what it reads when the content is removed meanwhile. One thread at a time.
class BlobReader {
public:
    struct Parts;
    explicit BlobReader(std::unique_ptr<Parts> parts);
    BlobReader(BlobReader&&) noexcept;
    BlobReader& operator=(BlobReader&&) noexcept;
    ~BlobReader();

    std::uint64_t octets() const;
    /// The next octets; 0 at the end. Whoever reads all of it this way learns with the last octets, before they are
    /// given out, whether they are what was written: damaged when not.
    Result<std::size_t> read(std::span<std::byte> into);
    /// Octets from anywhere, unverified; fewer than asked for only at the end.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into);
    /// Reads and hashes all of it, without moving; damaged when it is not what was written.
    Result<void> verify();

private:
    std::unique_ptr<Parts> parts_;
};

}  // namespace convene::store
