// All plots: from results of the library to drawings.
#pragma once

#include "valuenet/report/category_plots.hpp"
#include "valuenet/report/distribution_plots.hpp"
#include "valuenet/report/flow_plots.hpp"
#include "valuenet/report/plot_options.hpp"
#include "valuenet/report/time_plots.hpp"
