// The parts of Asio's TLS that need no template arguments, compiled here instead of in every file that includes it.
#include <boost/asio/ssl/impl/src.hpp>
