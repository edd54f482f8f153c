// Likewise of Boost.Beast.
#include <boost/beast/src.hpp>
