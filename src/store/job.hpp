/// A change of the database other than an appended entry: runs in the writer's transaction. Private to the room.
#pragma once

#include <functional>
#include <optional>

#include "store/pending.hpp"
#include "store/sqlite.hpp"

namespace convene::store {

/// Belongs to the queue, then to the writer, which calls everything on its own thread.
class Job {
public:
    virtual ~Job() = default;
    /// Changes the database, inside a savepoint that an error undoes. Runs again when the transaction had to be given
    /// up.
    virtual Result<void> run(Connection& database) = 0;
    /// The change is durable. True: there is more of it to do, in a transaction of its own.
    virtual bool committed() = 0;
    virtual void failed(const StoreError& error) = 0;
    /// How much memory it holds while it waits.
    virtual std::size_t octets() const { return 0; }
};

/// A job from one function, whose value answers a Pending.
template <class T>
class Change final : public Job {
public:
    using Run = std::function<Result<T>(Connection&)>;
    /// What follows on the writer's thread, when the change is durable and before anybody is told.
    using After = std::function<void(const T&)>;

    Change(Run change, After after, Pending<T> answer, std::size_t octets = 0)
        : run_(std::move(change)), after_(std::move(after)), answer_(std::move(answer)), octets_(octets) {}

    Result<void> run(Connection& database) override {
        result_.reset();
        auto result = run_(database);
        if (!result) return make_unexpected(std::move(result).error());
        result_ = std::move(*result);
        return {};
    }
    bool committed() override {
        if (after_) after_(*result_);
        answer_.resolve(std::move(*result_));
        return false;
    }
    void failed(const StoreError& error) override { answer_.resolve(make_unexpected(error)); }
    std::size_t octets() const override { return octets_; }

private:
    Run run_;
    After after_;
    Pending<T> answer_;
    std::size_t octets_;
    std::optional<T> result_;
};

}  // namespace convene::store
