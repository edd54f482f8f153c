#include "server/shared.hpp"

namespace convene::server {

DirectoryPolicy directory_policy(const Settings& settings) {
    return DirectoryPolicy{create_policy_from(settings.policy), settings.max_conferences, settings.list_created};
}

Shared::Shared(Log& to, const Settings& initial, std::size_t workers)
    : log(to),
      settings(initial),
      counts(initial.max_connections, initial.max_connections_per_address),
      directory(workers, directory_policy(initial)) {}

}  // namespace convene::server
