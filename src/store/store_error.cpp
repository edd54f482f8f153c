#include "store/store_error.hpp"

#include <cerrno>
#include <cstring>

namespace convene::store {

std::string_view name(StoreErrc code) {
    switch (code) {
        case StoreErrc::not_found:
            return "not_found";
        case StoreErrc::exists:
            return "exists";
        case StoreErrc::bad_argument:
            return "bad_argument";
        case StoreErrc::too_large:
            return "too_large";
        case StoreErrc::quota:
            return "quota";
        case StoreErrc::queue_full:
            return "queue_full";
        case StoreErrc::disk_full:
            return "disk_full";
        case StoreErrc::read_only:
            return "read_only";
        case StoreErrc::in_use:
            return "in_use";
        case StoreErrc::newer_schema:
            return "newer_schema";
        case StoreErrc::damaged:
            return "damaged";
        case StoreErrc::io:
            return "io";
        case StoreErrc::closed:
            return "closed";
    }
    return "unknown";
}

StoreError system_error(int error, std::string_view doing, std::string_view path) {
    std::string message = std::string(doing) + " " + std::string(path) + ": " + std::strerror(error);
    switch (error) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:  // the limit on the size of a file, which an administrator sets for the same reason
            return {StoreErrc::disk_full, message + "; free some space on that disk"};
        case EACCES:
        case EPERM:
        case EROFS:
            return {StoreErrc::read_only,
                    message + "; make it writable for the user that runs Convene, or name another folder"};
        case ENOENT:
            return {StoreErrc::not_found, message};
        case EEXIST:
            return {StoreErrc::exists, message};
        default:
            return {StoreErrc::io, message};
    }
}

}  // namespace convene::store
