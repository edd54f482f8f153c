// The parts of Boost.Asio that need no template arguments, compiled here instead of in every file that includes it.
#include <boost/asio/impl/src.hpp>
