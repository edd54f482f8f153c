/// The connect phase as a whole: parameters, and one machine for each side. T.125 §10.1, §11.1-11.6.
#pragma once

#include "mcs/connect_caller.hpp"
#include "mcs/connect_listener.hpp"
#include "mcs/connect_pdu.hpp"
#include "mcs/parameters.hpp"
