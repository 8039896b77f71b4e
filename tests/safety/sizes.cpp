// Parameters and shapes of the papers' networks, as their papers and codes have them. Here and not beside the networks: each takes a
// good part of a second to compile, which every program that includes one of them would pay.
#include <networks/apae.hpp>
#include <networks/crnn_4b.hpp>
#include <networks/dcasenet.hpp>
#include <networks/panns.hpp>
#include <networks/soft_label_mtl.hpp>
#include <networks/weak_baselines.hpp>

#include "support/catch.hpp"

using namespace auris;
using namespace auris::networks;

TEST_CASE("crnn_4b: parameters and shapes") {
  STATIC_REQUIRE(crnn_4b::parameters == 380'113);
  STATIC_REQUIRE(crnn_4b::shape_of<"sed"> == dims(dyn, 17));
}

TEST_CASE("PANNs: parameters and shapes") {
  STATIC_REQUIRE(cnn10::parameters == 5'219'279);
  STATIC_REQUIRE(cnn14::parameters == 80'753'615);
  STATIC_REQUIRE(cnn14::shape_of<"clipwise_output"> == dims(527));
  STATIC_REQUIRE(cnn10::shape_of<"embedding"> == dims(512));
  STATIC_REQUIRE(cnn14::shape_of<"embedding"> == dims(2048));
}

TEST_CASE("soft-label networks: parameters of each depth, with three tasks and with one") {
  STATIC_REQUIRE(soft_label_mtl_3::parameters == 3'526'104);
  STATIC_REQUIRE(soft_label_mtl_4::parameters == 8'246'744);
  STATIC_REQUIRE(soft_label_mtl_5::parameters == 24'765'912);
  STATIC_REQUIRE(soft_label_mtl_6::parameters == 86'115'800);
  STATIC_REQUIRE(only<soft_label_mtl_3, "sed">::live_parameters == 1'943'505);
  STATIC_REQUIRE(only<soft_label_mtl_4, "sed">::live_parameters == 5'877'713);
  STATIC_REQUIRE(only<soft_label_mtl_5, "sed">::live_parameters == 20'824'017);
  STATIC_REQUIRE(only<soft_label_mtl_6, "sed">::live_parameters == 79'028'177);
}

TEST_CASE("soft-label networks: time modes keep the parameters, and have their own shapes") {
  STATIC_REQUIRE(held<soft_label_mtl_3>::parameters == 3'526'104);
  STATIC_REQUIRE(stretched<soft_label_mtl_3>::parameters == 3'526'104);
  STATIC_REQUIRE(held<soft_label_mtl_3>::shape_of<"sed"> == dims(dyn, 17));
  STATIC_REQUIRE(stretched<soft_label_mtl_3>::shape_of<"sed"> == dims(200, 17));
}

TEST_CASE("2APAE: parameters, shapes, and what only one output needs") {
  STATIC_REQUIRE(apae::parameters == 1'967'366);
  STATIC_REQUIRE(apae_paper::parameters == 1'967'366);
  STATIC_REQUIRE(only<apae, "class_wise_input">::live_parameters == 1'183'177);
  STATIC_REQUIRE(only<apae, "x_rec">::live_parameters == 1'183'177 - 10'537 + 581'805);
  STATIC_REQUIRE(apae::shape_of<"y_pred"> == dims(41));
  STATIC_REQUIRE(apae::shape_of<"x_rec"> == dims(311, 64));
}

TEST_CASE("baselines of weak labels: parameters and shapes") {
  STATIC_REQUIRE(weak_gmp::parameters == 587'593);
  STATIC_REQUIRE(weak_gap::parameters == 587'593);
  STATIC_REQUIRE(weak_gwrp::parameters == 587'593);
  STATIC_REQUIRE(weak_atrous::parameters == 1'047'570);
  STATIC_REQUIRE(weak_gmp::shape_of<"y_pred"> == dims(41));
  STATIC_REQUIRE(weak_atrous::shape_of<"y_pred"> == dims(41));
}

TEST_CASE("DcaseNet: parameters and shapes of its versions") {
  STATIC_REQUIRE(dcasenet_v1::parameters == 9'102'632);
  STATIC_REQUIRE(dcasenet_v2::parameters == 9'296'168);
  STATIC_REQUIRE(dcasenet_v3::parameters == 13'882'920);
  STATIC_REQUIRE(dcasenet_v3::shape_of<"asc"> == dims(10));
  STATIC_REQUIRE(dcasenet_v3::shape_of<"sed"> == dims(dyn, 14));
  STATIC_REQUIRE(dcasenet_v3::shape_of<"tag"> == dims(80));
  STATIC_REQUIRE(only<dcasenet_v3, "asc">::live_parameters ==
                 37'696 + 221'696 + 885'760 + 1'180'672 + 7'679'232 + 49'280 + 1'290);
  STATIC_REQUIRE(only<dcasenet_embedding<dcasenet_v3_body<dcasenet_sizes{}>>, "embedding">::shape_of<"embedding"> ==
                 dims(512));
}
