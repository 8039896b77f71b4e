// Tables 2 and 3 of Jung et al. 2021: accuracy, lwlrap and F1 in percent, error rate; NaN where the paper has a dash.
#pragma once
#include <limits>

namespace dcasenet {

inline constexpr double dash = std::numeric_limits<double>::quiet_NaN();

struct figures {
  double accuracy = dash, lwlrap = dash, f1 = dash, error_rate = dash;
};
struct single_row {
  const char* system;
  figures of;
};
inline constexpr single_row published_single[] = {{"DCASE baseline", {54.10, dash, 60.60, 0.5400}},
                                                  {"reference systems", {65.30, dash, 76.20, 0.3050}},
                                                  {"v1 without mixup", {67.68, 68.01, 74.80, 0.3486}},
                                                  {"v1 with mixup", {68.19, 69.41, 79.62, 0.2926}},
                                                  {"v2", {69.54, 69.19, 79.34, 0.3085}},
                                                  {"v3", {68.33, 70.62, 78.61, 0.3085}}};

struct joint_row {
  const char *model, *tasks;
  figures joint, fine_tuned;
};
inline constexpr joint_row published_joint[] = {
    {"v1 no mixup", "AT", {59.23, 53.55, dash, dash}, {67.18, 68.81, dash, dash}},
    {"v1 no mixup", "AS", {57.04, dash, 64.75, 0.4939}, {66.84, dash, 75.86, 0.3365}},
    {"v1 no mixup", "TS", {dash, 71.91, 74.66, 0.3597}, {dash, 73.39, 77.80, 0.3153}},
    {"v1 no mixup", "ATS", {56.13, 59.25, 59.82, 0.5367}, {67.08, 71.80, 75.71, 0.3470}},
    {"v1 mixup", "AT", {55.19, 59.53, dash, dash}, {67.08, 70.56, dash, dash}},
    {"v1 mixup", "AS", {60.27, dash, 63.42, 0.5097}, {68.73, dash, 78.31, 0.3079}},
    {"v1 mixup", "TS", {dash, 75.18, 75.27, 0.3645}, {dash, 74.83, 78.93, 0.2963}},
    {"v1 mixup", "ATS", {57.01, 65.22, 66.99, 0.4764}, {68.59, 71.64, 78.06, 0.3238}},
    {"v2", "AT", {58.92, 60.00, dash, dash}, {69.87, 69.68, dash, dash}},
    {"v2", "AS", {58.79, dash, 69.53, 0.4416}, {69.07, dash, 78.98, 0.3058}},
    {"v2", "TS", {dash, 74.54, 76.46, 0.3571}, {dash, 74.76, 81.32, 0.2826}},
    {"v2", "ATS", {59.80, 62.94, 66.67, 0.4817}, {69.57, 71.38, 79.26, 0.2968}},
    {"v3", "AT", {61.08, 65.03, dash, dash}, {70.35, 71.42, dash, dash}},
    {"v3", "AS", {59.70, dash, 75.62, 0.3512}, {69.44, dash, 79.61, 0.2948}},
    {"v3", "TS", {dash, 76.23, 77.93, 0.3232}, {dash, 75.99, 79.28, 0.2958}},
    {"v3", "ATS", {56.80, 70.40, 75.19, 0.3586}, {69.37, 74.59, 78.80, 0.3185}}};

}  // namespace dcasenet
